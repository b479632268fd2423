import { doublesRoutes, issueRoutes, sessionRoutes } from '@tongxin/contract'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BUILDING, COMMUNITY } from '../../../test/support/index.ts'
import { act, raiseAs } from '../../../test/support/issues.ts'
import { accepted, answer, type Cast, ok, posted, refused } from '../../../test/support/opinions.ts'
import { inTransaction } from '../../db/connect.ts'
import { addHousehold, bindMember } from '../households/index.ts'

/** Of the test that runs. */
let all: Cast

const merge = (id: string, otherId: string, versions: { kept: number; other: number }) =>
  all.officer.call(doublesRoutes.mergePeople, {
    params: { id },
    ifMatch: versions.kept,
    body: { otherId, otherVersion: versions.other, reason: '同一人，电话核实过' },
  } as never)
/** Somebody with a number and a home in the community. */
const bound = async (door: string) => {
  const { t, officer } = all
  const [person, at] = [await t.aPerson({ level: 'phone' }), t.clock.now()]
  const householdId = await inTransaction(t.deps.pool, async (tx) => {
    const household = await addHousehold(tx, t.deps.cipher, { buildingCode: BUILDING, door }, at)
    const boundByPerson = officer.personId as string
    const as = { kind: 'family', share: null, boundBy: 'staff', boundByPerson, at } as const
    await bindMember(tx, { household, communityCode: COMMUNITY, personId: person.id, ...as })
    return household.id
  })
  return { ...person, householdId, by: await t.as(person) }
}
/** Two of them, and what it takes to merge the second into the first. */
const twice = async () => {
  const [kept, other] = [await bound('101'), await bound('102')]
  const pair = { id: kept.id, otherId: other.id }
  const seen = ok(await all.officer.call(doublesRoutes.comparePeople, { params: pair }))
  const versions = { kept: seen.one.person.version, other: seen.other.person.version }
  return { kept, other, merging: () => merge(kept.id, other.id, versions) }
}
const rowsOf = async (personId: string) => {
  const { rows } = await all.t.deps.pool.query(
    `select (select count(*)::int from endorsements where person_id = $1) as endorsements,
      (select count(*)::int from statement_answers where person_id = $1) as answers,
      (select count(*)::int from raisers where person_id = $1) as raisers,
      (select count(*)::int from sessions where person_id = $1 and revoked_at is null) as sessions`,
    [personId],
  )
  return rows[0]
}
/** A connection of its own that keeps a row locked until it is let go. */
const holding = async (row: string, values: unknown[]) => {
  const client = new pg.Client({ connectionString: all.t.databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  await client.query(`${row} for update`, values)
  const waiting = async () => {
    const WAIT = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    return (await client.query(WAIT)).rowCount
  }
  return {
    /** So many wait for a lock by now. */
    until: (count: number) => expect.poll(waiting, { timeout: 10_000 }).toBe(count),
    letGo: () => client.query('commit'),
  }
}

describe('while two records of one person are being merged', () => {
  it('nothing is written down under the one that goes', async () => {
    all = await posted()
    const { t, officer, issueId } = all
    const [statement = ''] = await accepted(all, 1)
    const { kept, other, merging } = await twice()
    const { phone } = other
    const own = await raiseAs(other.by)
    await t.nobody.call(sessionRoutes.requestPhoneCode, { body: { phone } })
    const code = /\d{6}/.exec(t.sent.at(-1)?.text ?? '')?.[0] ?? ''

    // The sessions end last: by then homes, matters and answers have been moved.
    const held = await holding('select from sessions where person_id = $1', [other.id])
    const merged = merging()
    await held.until(1)
    const body = { community: own.slice(0, 12), kind: 'problem', title: '井盖松动', body: '二号楼前的井盖松动' }
    const raised = officer.call(issueRoutes.raiseIssue, {
      body: { ...body, raiser: { phone } },
    } as never)
    const underWay = [
      act(other.by, issueId, 'endorse', { householdId: other.householdId }),
      answer(other.by, statement, 'agree'),
      t.nobody.call(sessionRoutes.phoneSignIn, { body: { phone, code } }),
      act(officer, own, 'merge', { targetId: issueId }),
    ] as const
    await held.until(6)
    await held.letGo()

    expect((await merged).status).toBe(200)
    const [endorsed, answered, signedIn, joined] = await Promise.all(underWay)
    expect([refused(endorsed), refused(answered)]).toEqual([
      [401, 'unauthenticated'],
      [401, 'unauthenticated'],
    ])
    expect(ok(signedIn).personId).toBe(kept.id)
    expect([(await raised).status, joined.status]).toEqual([201, 200])
    expect(await rowsOf(other.id)).toEqual({ endorsements: 0, answers: 0, raisers: 0, sessions: 0 })
    expect((await rowsOf(kept.id)).raisers).toBe(3)
  })

  it('what one of them began before is done first, and may be in the way', async () => {
    all = await posted()
    const { issueId } = all
    const { kept, other, merging } = await twice()
    const endorse = ({ by, householdId }: typeof kept) => act(by, issueId, 'endorse', { householdId })
    expect((await endorse(kept)).status).toBe(200)
    const held = await holding('select from issues where id = $1', [issueId.slice(13)])
    const endorsed = endorse(other)
    await held.until(1)
    const merged = merging()
    await held.until(2)
    await held.letGo()
    expect((await endorsed).status).toBe(200)
    expect(refused(await merged)).toEqual([409, 'merge_barred_endorsed'])
    expect((await rowsOf(other.id)).endorsements).toBe(1)
  })
})
