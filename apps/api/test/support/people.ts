import type { Role } from '@tongxin/lifecycle'
import { eq } from 'drizzle-orm'
import { inTransaction } from '../../src/db/connect.ts'
import { newId } from '../../src/db/new-id.ts'
import { people, units } from '../../src/db/schema/index.ts'
import type { Deps } from '../../src/deps.ts'
import { approveGrant, requestGrant } from '../../src/features/grants/index.ts'
import { registerPerson } from '../../src/features/people/index.ts'
import { APPROVER, ASKER, COMMUNITY } from './foundations.ts'

export interface PersonSettings {
  /** A role held over `region`; `resident` is a level, not a grant. */
  role?: Role
  region?: string
  /** The unit a handler works for; one is made when left out. */
  unitId?: string
  level?: 'guest' | 'phone' | 'resident' | 'owner'
  name?: string
  phone?: string
}

export interface TestPerson {
  id: string
  name: string
  phone: string
  unitId: string | null
}

let made = 0

/** A person with a name and a number of their own. */
export async function aPerson(deps: Deps, settings: PersonSettings = {}): Promise<TestPerson> {
  const number = ++made
  const name = settings.name ?? `测试${number}`
  // Away from those that tests name themselves.
  const phone = settings.phone ?? `1397${String(number).padStart(7, '0')}`
  const regionCode = settings.region ?? COMMUNITY
  const person = await inTransaction(deps.pool, async (tx) => {
    const registered = await registerPerson(tx, deps.cipher, {
      name,
      phone,
      regionCode,
      phoneProved: true,
      at: deps.clock.now(),
    })
    const level = settings.level ?? 'resident'
    if (level !== 'phone') await tx.update(people).set({ level }).where(eq(people.id, registered.id))
    return registered
  })
  const unitId = settings.role === 'unit_handler' ? (settings.unitId ?? (await aUnit(deps, { regionCode })).id) : null
  if (settings.role && settings.role !== 'resident') {
    await grant(deps, { personId: person.id, role: settings.role, region: regionCode, unitId })
  }
  return { id: person.id, name, phone, unitId }
}

/** Gives an approved grant, in force at once; returns its id. */
export async function grant(
  deps: Deps,
  settings: { personId: string; role: Exclude<Role, 'resident'>; region?: string; unitId?: string | null },
): Promise<string> {
  const { clock, config, directory, pool } = deps
  const chain = { tree: await directory.regions.tree(), hashName: config.evidenceHash }
  const { personId, role, region = COMMUNITY, unitId } = settings
  const at = clock.now()
  return inTransaction(pool, async (tx) => {
    const asked = {
      personId,
      role,
      regionCode: region,
      ...(unitId && { unitId }),
      reason: '测试',
      requestedBy: ASKER,
      at,
    }
    const granted = await requestGrant(tx, chain, asked)
    await approveGrant(tx, chain, granted, APPROVER, at)
    return granted.id
  })
}

export async function aUnit(
  deps: Deps,
  settings: Partial<typeof units.$inferInsert> = {},
): Promise<{ id: string; name: string }> {
  const id = newId(deps.clock.now())
  const name = settings.name ?? `单位${++made}`
  await deps.db.insert(units).values({ id, regionCode: COMMUNITY, kind: 'property', ...settings, name })
  return { id, name }
}
