import { sql } from 'drizzle-orm'
import { announce } from '../../db/announcements.ts'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'
import type { Deps } from '../../deps.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { approveGrant, requestGrant } from '../grants/index.ts'
import { findPersonByPhoneHash, registerPerson } from '../people/index.ts'
import { REGIONS_CHANGED, RegionTree } from '../regions/index.ts'
import { keepNewCode } from '../sessions/index.ts'
import { lockingAlone } from './accounts.queries.ts'

export interface Founder {
  name: string
  phone: string
}

interface Place {
  code: string
  name: string
}

interface Founding {
  district: Place
  /** Of the street and the community that come first: where there is none the console has nothing to stand on. */
  street: Place
  community: Place
  administrator: Founder
  supervisors: readonly [Founder, Founder]
}

export class AlreadyFounded extends Error {}

const FIRST_CODE_MINUTES = 30
const ROLES = ['administrator', 'supervisor', 'supervisor'] as const

/**
 * The first three of an empty installation: an administrator and two supervisors of the district, each asked for by one of the others and
 * approved by the third, so that from the first grant on nobody gives powers alone. Each signs in by the code that is returned.
 * Called again, it gives new codes to those of them who have not come in yet. @throws AlreadyFounded where there is nobody to give one to
 */
export async function foundInstallation(deps: Deps, founding: Founding): Promise<(Founder & { code: string })[]> {
  const { cipher, clock, config, pool } = deps
  const founders = [founding.administrator, ...founding.supervisors]
  const { district, street, community } = founding
  const regionCode = district.code
  const at = clock.now()
  const toCome = await inTransaction(pool, async (tx) => {
    await lockingAlone(tx)
    const found = await tx.execute(
      sql`select from grants where role = 'administrator' and approved_at is not null limit 1`,
    )
    if (found.rows.length > 0) return listNotYetIn(tx)
    await loadReferenceCategories(tx)
    const places = [
      { ...district, level: 'district' as const, parentCode: null },
      { ...street, level: 'street' as const, parentCode: district.code },
      { ...community, level: 'community' as const, parentCode: street.code },
    ]
    await tx.insert(regions).values(places).onConflictDoNothing()
    await announce(tx, REGIONS_CHANGED)
    const ids: string[] = []
    for (const founder of founders) ids.push(await personOf(tx, founder))
    const chain = { tree: new RegionTree(await tx.select().from(regions)), hashName: config.evidenceHash }
    for (const [i, role] of ROLES.entries()) {
      const [asker, approver] = ids.filter((_, other) => other !== i)
      const asked = { personId: ids[i]!, role, regionCode, reason: '系统启用', requestedBy: asker!, at }
      await approveGrant(tx, chain, await requestGrant(tx, chain, asked), approver!, at)
    }
    return founders
  })
  deps.directory.regions.forget()
  return Promise.all(
    toCome.map(async (founder) => ({ ...founder, code: await keepNewCode(deps, founder.phone, FIRST_CODE_MINUTES) })),
  )

  /** Their codes ran out: without another nobody could ever come in. */
  async function listNotYetIn(tx: Tx): Promise<Founder[]> {
    const hashes = founders.map(({ phone }) => cipher.keyedHash(phone))
    const left = await tx.execute<{ hash: string }>(
      sql`select p.phone_hash as hash from people p where p.phone_hash = any(${sql.param(hashes)}::text[])
        and exists (select from grants g where g.person_id = p.id and g.role in ('administrator', 'supervisor')
          and g.approved_at is not null and g.revoked_at is null)
        and not exists (select from sign_ins s where s.person_id = p.id and s.last_at is not null)`,
    )
    const waiting = new Set(left.rows.map(({ hash }) => hash))
    const notYetIn = founders.filter((_, i) => waiting.has(hashes[i]!))
    if (notYetIn.length === 0) throw new AlreadyFounded()
    return notYetIn
  }

  async function personOf(tx: Tx, founder: Founder): Promise<string> {
    const known = await findPersonByPhoneHash(tx, cipher.keyedHash(founder.phone))
    return (known ?? (await registerPerson(tx, cipher, { ...founder, regionCode, at }))).id
  }
}
