import { eq, inArray, sql } from 'drizzle-orm'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { announce } from '../db/announcements.ts'
import { inTransaction, type Queryable, type Tx } from '../db/connect.ts'
import { accounts, type households, regions, units } from '../db/schema/index.ts'
import type { Deps } from '../deps.ts'
import { approveGrant, requestGrant } from '../features/grants/index.ts'
import { addHousehold, bindMember } from '../features/households/index.ts'
import { registerPerson } from '../features/people/index.ts'
import { REGIONS_CHANGED, RegionTree } from '../features/regions/index.ts'
import { checkPassword, createAccount, hashPassword } from '../features/sessions/index.ts'
import { addUnit } from '../features/units/index.ts'
import { loadReferenceCategories, loadReferenceRegions } from '../reference/load-reference.ts'
import { demoHouseholds } from './homes.ts'
import { DEMO_PEOPLE, demoPhone, FOUNDERS } from './people.ts'
import { COMMUNITY_OUTLINES, DEMO_PLACES } from './places.ts'
import { DEMO_UNITS } from './units.ts'

type Ids = Record<string, string>

/** Person ids by user name, unit ids by name. */
export interface DemoDirectory {
  people: Ids
  units: Ids
}

const USERNAMES = DEMO_PEOPLE.map(({ username }) => username)

/** What the demo's other parts build on, once it is seeded. */
export async function readDemoDirectory(on: Queryable): Promise<DemoDirectory> {
  const people = await on
    .select({ username: accounts.username, id: accounts.personId })
    .from(accounts)
    .where(inArray(accounts.username, USERNAMES))
  const names = DEMO_UNITS.map((unit) => unit.name)
  const made = await on.select({ id: units.id, name: units.name }).from(units).where(inArray(units.name, names))
  return {
    people: Object.fromEntries(people.map((account) => [account.username, account.id])),
    units: Object.fromEntries(made.map((unit) => [unit.name, unit.id])),
  }
}

/**
 * Places, units, people with their powers and homes, all in one transaction: there wholly or not at all. At a later
 * start only the password is brought up to date.
 */
export async function seedDirectory(deps: Deps, password: string): Promise<DemoDirectory> {
  const directory = await inTransaction(deps.pool, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.demo})`)
    const found = await readDemoDirectory(tx)
    if (Object.keys(found.people).length > 0) {
      await renewPassword(tx, found, password)
      return found
    }
    await loadReferenceCategories(tx)
    await loadReferenceRegions(tx)
    await addPlaces(tx)
    const people = await addPeople(tx, deps, await hashPassword(password))
    const unitIds = await addUnits(tx, deps, people)
    await giveGrants(tx, deps, people, unitIds)
    await bindHomes(tx, deps, people)
    return { people, units: unitIds }
  })
  deps.directory.regions.forget()
  return directory
}

async function renewPassword(tx: Tx, { people }: DemoDirectory, password: string): Promise<void> {
  const ids = Object.values(people)
  const [one] = await tx.select().from(accounts).where(eq(accounts.personId, ids[0]!))
  if (await checkPassword(one!.passwordHash, password)) return
  await tx
    .update(accounts)
    .set({ passwordHash: await hashPassword(password) })
    .where(inArray(accounts.personId, ids))
}

async function addPlaces(tx: Tx): Promise<void> {
  const places = DEMO_PLACES.map(({ geometry, ...place }) => ({ ...place, geojson: geometry }))
  await tx
    .insert(regions)
    .values(places)
    .onConflictDoUpdate({ target: regions.code, set: { geojson: sql`excluded.geojson` } })
  for (const [code, geojson] of Object.entries(COMMUNITY_OUTLINES)) {
    await tx.update(regions).set({ geojson }).where(eq(regions.code, code))
  }
  await announce(tx, REGIONS_CHANGED)
}

async function addUnits(tx: Tx, { cipher, clock }: Deps, people: Ids): Promise<Ids> {
  const ids: Ids = {}
  const by = people.administrator!
  for (const unit of DEMO_UNITS) {
    const body = { ...unit, phone: unit.phone.replace('-', ''), leads: [], notDuties: [] }
    const added = await addUnit(tx, cipher, body, { by, at: clock.now() })
    ids[unit.name] = added.unit.id
  }
  return ids
}

async function addPeople(tx: Tx, { cipher, clock }: Deps, passwordHash: string): Promise<Ids> {
  const ids: Ids = {}
  const now = clock.now()
  for (const [i, { username, name, regionCode }] of DEMO_PEOPLE.entries()) {
    const registration = { name, phone: demoPhone(i), regionCode, phoneProved: true, at: now }
    const { id: personId } = await registerPerson(tx, cipher, registration)
    await createAccount(tx, { personId, username, passwordHash, now })
    ids[username] = personId
  }
  return ids
}

/** Through the same commands as everybody's: asked for by one, approved by another. */
async function giveGrants(tx: Tx, deps: Deps, people: Ids, unitIds: Ids): Promise<void> {
  const chain = { tree: new RegionTree(await tx.select().from(regions)), hashName: deps.config.evidenceHash }
  const at = deps.clock.now()
  for (const { username, grants } of DEMO_PEOPLE) {
    const [asker, approver] = FOUNDERS.filter((founder) => founder !== username)
    for (const { role, regionCode, unit, deputyFor } of grants) {
      const grant = await requestGrant(tx, chain, {
        personId: people[username]!,
        role,
        regionCode,
        unitId: unit && unitIds[unit],
        deputyFor: deputyFor && people[deputyFor],
        reason: '演示社区的岗位',
        requestedBy: people[asker!]!,
        at,
      })
      await approveGrant(tx, chain, grant, people[approver!]!, at)
    }
  }
}

async function bindHomes(tx: Tx, { cipher, clock }: Deps, people: Ids): Promise<void> {
  const at = clock.now()
  const homes = new Map<string, typeof households.$inferSelect>()
  for (const home of demoHouseholds()) {
    homes.set(`${home.buildingCode} ${home.door}`, await addHousehold(tx, cipher, home, at))
  }
  for (const { username, home, regionCode } of DEMO_PEOPLE) {
    if (!home) continue
    await bindMember(tx, {
      household: homes.get(`${home.buildingCode} ${home.door}`)!,
      communityCode: regionCode,
      personId: people[username]!,
      kind: home.kind,
      share: home.share ?? null,
      boundBy: home.boundBy,
      boundByPerson: people.officer!,
      at,
    })
  }
}
