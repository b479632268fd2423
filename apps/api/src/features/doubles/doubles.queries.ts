import { MERGE_BARS, type MergeBar } from '@tongxin/contract'
import { OPEN_STATES } from '@tongxin/lifecycle'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { asOne } from '../../db/as-one.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { householdMembers, households } from '../../db/schema/households.ts'
import { people } from '../../db/schema/people.ts'
import { accounts } from '../../db/schema/sessions.ts'

const open = OPEN_STATES.map((state) => `'${state}'`).join(', ')

/** What somebody said to what is publicized, under their own id or as a raiser. */
const judgedBy = (who: string) =>
  ['ratings', 'objections']
    .flatMap((table) => [
      `select community_code, issue_id, round, '${table}' as what from ${table} where person_id ${asOne(who)}`,
      `select j.community_code, j.issue_id, j.round, '${table}' from raisers r
        join ${table} j on j.community_code = r.community_code and j.issue_id = r.issue_id and j.raiser_id = r.id
        where r.person_id = ${who} and r.detached_at is null`,
    ])
    .join(' union all ')

/**
 * Of $1, who is to be merged into $2, wherever what they did lies: somebody who moved away stands behind what they endorsed. Endorsements stay
 * under the id they were given by, so that those of records merged earlier count as well. A proxy that nobody used is never ended: it is in
 * the way for as long as its vote runs.
 */
const BARS = `
  select
    exists (select from grants where person_id = $1 and refused_at is null) as posts,
    exists (select from grants where person_id = $2 and approved_at is not null and revoked_at is null)
      and (exists (select from people where id = $1 and phone_hash is not null)
        or exists (select from accounts where person_id = $1)) as office,
    (select count(*) from accounts where person_id in ($1, $2)) = 2 as accounts,
    exists (select from api_clients where person_id in ($1, $2)) as client,
    exists (select from raisers a
      join raisers b on b.community_code = a.community_code and b.issue_id = a.issue_id and b.person_id = $2
      join issues i on i.community_code = a.community_code and i.id = a.issue_id
      where a.person_id = $1 and a.detached_at is null and b.detached_at is null and i.state in (${open})) as raised,
    exists (select from endorsements a
      join endorsements b on b.community_code = a.community_code and b.issue_id = a.issue_id and b.person_id ${asOne('$2')}
      join issues i on i.community_code = a.community_code and i.id = a.issue_id
      where a.person_id ${asOne('$1')} and i.state in (${open})) as endorsed,
    exists (select from (${judgedBy('$1')}) a
      join (${judgedBy('$2')}) b using (community_code, issue_id, round, what)
      join issues i on i.community_code = a.community_code and i.id = a.issue_id
      where i.state in (${open})) as judged,
    exists (select from statement_answers a
      join statement_answers b on b.community_code = a.community_code and b.issue_id = a.issue_id and b.person_id = $2
      where a.person_id = $1) as answered,
    exists (select from motions m join owners_votes v on v.community_code = m.community_code and v.motion_id = m.id
      where m.state = 'open'
        and (exists (select from head_proxies x where x.community_code = m.community_code and x.motion_id = m.id
            and x.ended_at is null and (x.holder_id = $1 or x.given_by = $1))
          or exists (select from head_votes w where w.community_code = m.community_code and w.motion_id = m.id
            and w.cast_by = $1))) as proxy`

/** What is in the way of merging one into the other, in the order of the list. */
export async function findBars(on: Queryable, from: string, into: string): Promise<MergeBar[]> {
  const row = await preparedOne<Record<MergeBar, boolean>>(on, 'merge_bars', BARS, [from, into])
  return (Object.keys(MERGE_BARS) as MergeBar[]).filter((bar) => row?.[bar])
}

// Who endorses, answers or votes has a home there or holds a seat.
const PLACES = `select community_code as code from household_members where person_id = $1
  union select community_code from raisers where person_id = $1
  union select region_code from grants where person_id = $1 and refused_at is null`

/** Regions in which somebody has a home, raised anything, or has or had a post or asks for one. */
export const listPlaces = async (on: Queryable, personId: string): Promise<string[]> =>
  (await prepared<{ code: string }>(on, 'merge_places', PLACES, [personId])).map(({ code }) => code)

const COUNTS = `select
  (select count(*)::int from raisers where person_id = $1) as matters,
  (select count(*)::int from grants where person_id = $1 and refused_at is null) as posts,
  exists (select from accounts where person_id = $1) as "hasAccount"`

export const countOf = async (on: Queryable, personId: string) =>
  (await preparedOne<{ matters: number; posts: number; hasAccount: boolean }>(on, 'merge_counts', COUNTS, [personId]))!

export const listHomes = (on: Queryable, personId: string) =>
  on
    .select({ home: households, member: householdMembers })
    .from(householdMembers)
    .innerJoin(households, eq(households.id, householdMembers.householdId))
    .where(eq(householdMembers.personId, personId))
    .orderBy(households.buildingCode, households.id)

const seconds = alias(people, 'seconds')
const sameHome = sql<boolean>`exists (select from ${householdMembers} a
  join ${householdMembers} b on b.household_id = a.household_id and b.person_id = ${seconds.id}
  where a.person_id = ${people.id})`

/** Pairs of one name in one region, by region and age: from the index (region_code, name_hash, id). */
export const listPairs = (
  on: Queryable,
  filter: { regions: string[]; after: [string, string, string] | null; limit: number },
) =>
  on
    .select({ first: people, second: seconds, sameHome })
    .from(people)
    .innerJoin(
      seconds,
      and(
        eq(seconds.regionCode, people.regionCode),
        eq(seconds.nameHash, people.nameHash),
        sql`${seconds.id} > ${people.id}`,
      ),
    )
    .where(
      and(
        sql`${people.regionCode} = any(${sql.param(filter.regions)}::text[])`,
        sql`${people.mergedInto} is null and ${seconds.mergedInto} is null`,
        sql`(${people.phoneHash} is null or ${seconds.phoneHash} is null or ${sameHome})`,
        filter.after
          ? sql`(${people.regionCode}, ${people.id}, ${seconds.id}) > (${filter.after[0]}, ${filter.after[1]}::uuid, ${filter.after[2]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(people.regionCode, people.id, seconds.id)
    .limit(filter.limit)

/**
 * Both to be merged, in one order, so that two who merge the same two never wait for each other. Whoever writes something down under one of
 * them holds its row (`holdActor`, `holdPerson`): it is there by now, or comes when the merge is done and finds it so.
 */
export const lockBoth = async (tx: Tx, ids: readonly string[]): Promise<Map<string, typeof people.$inferSelect>> => {
  const rows = await tx
    .select()
    .from(people)
    .where(inArray(people.id, [...ids]))
    .orderBy(people.id)
    .for('update')
  return new Map(rows.map((row) => [row.id, row]))
}

const NUMBERED = `select id from people where id ${asOne('$1')} and phone_hash is not null`

/** Records with a number that leads to this person, their own among them. */
export const listNumbered = async (on: Queryable, personId: string): Promise<string[]> =>
  (await prepared<{ id: string }>(on, 'merge_numbered', NUMBERED, [personId])).map(({ id }) => id)

/**
 * What hangs on the person rather than on a fact of the record becomes the other's; sessions end, so does the calendar's address.
 * @returns whether there were ways in among it: a user name and password, or the number of a record merged earlier
 */
export async function moveBelongings(tx: Tx, from: string, into: string, at: Date): Promise<{ waysIn: boolean }> {
  const values = [from, into]
  await prepared(tx, 'merge_raisers', 'update raisers set person_id = $2 where person_id = $1', values)
  const ANSWERS = 'update statement_answers set person_id = $2 where person_id = $1'
  await prepared(tx, 'merge_answers', ANSWERS, values)
  await prepared(tx, 'merge_feeds', 'delete from calendar_feeds where person_id = $1', [from])
  const EARLIER =
    'update people set merged_into = $2 where merged_into = $1 returning phone_hash is not null as numbered'
  const earlier = await prepared<{ numbered: boolean }>(tx, 'merge_earlier', EARLIER, values)
  const moved = await tx.update(accounts).set({ personId: into }).where(eq(accounts.personId, from))
  const END = 'update sessions set revoked_at = $2 where person_id = $1 and revoked_at is null'
  await prepared(tx, 'merge_sessions', END, [from, at.toISOString()])
  return { waysIn: moved.rowCount === 1 || earlier.some(({ numbered }) => numbered) }
}
