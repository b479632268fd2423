import type pg from 'pg'

/** The demo community, whose accounts sign in. */
export const COMMUNITY = '340803002001'
const EVENTS_EACH = 6

/** Ids are countable, so that the load can name what it asks for. */
export const uuidAt = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`
export const publicIdAt = (n: number): string => `${COMMUNITY}-${uuidAt(n)}`
/** Every second matter waits to be accepted. */
export const raisedAt = (count: number): number => 2 * count

const UUID = `(lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid`
const RAISED_AT = `timestamptz '2026-11-01' - n * interval '30 seconds'`

const ISSUE: Record<string, string> = {
  id: UUID,
  number: `'2025-' || lpad(n::text, 7, '0')`,
  last_seq: String(EVENTS_EACH),
  version: String(EVENTS_EACH),
  head_hash: `md5(n::text) || md5(n::text)`,
  state: `case when n % 2 = 0 then 'raised' when n % 4 = 1 then 'handling' else 'closed' end`,
  raised_at: RAISED_AT,
  state_since: RAISED_AT,
  // Nothing of what is filled in wakes by itself.
  wake_at: 'null',
  title: `'第 ' || n || ' 件：楼道灯不亮'`,
  body: `'三栋二单元楼道灯坏了一周，晚上看不见台阶，老人上下楼不安全，请尽快派人来修。' || n`,
  search: `array_to_tsvector(array['楼道', '道灯', '灯不', '不亮', 'p' || n % 977, 'q' || n % 3511, 'r' || n % 7919, 's' || n % 104729])`,
}
const RAISER: Record<string, string> = {
  id: UUID,
  issue_id: UUID,
  joined_at: RAISED_AT,
  tracking_hash: `md5('t' || n)`,
}
const EVENT: Record<string, string> = {
  subject_id: UUID,
  occurred_at: `${RAISED_AT} + t.seq * interval '1 hour'`,
  recorded_at: `${RAISED_AT} + t.seq * interval '1 hour'`,
  previous: `case when t.seq = 1 then null else md5(n || '/' || t.seq - 1) || md5('x') end`,
  hash: `md5(n || '/' || t.seq) || md5('x')`,
}

/** Copies template rows with some columns made anew: what is filled in stays true to the schema whatever it becomes. */
async function copyRows(
  client: pg.Client,
  table: string,
  template: string,
  made: Record<string, string>,
  [from, to]: readonly [number, number],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const columns = rows.map(({ name }) => name)
  await client.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => made[name] ?? `t.${name}`).join(', ')}
     from generate_series($1::int, $2::int) n cross join (${template}) t`,
    [from, to],
  )
}

/** Matters `from` to `to` of the demo community, each with a raiser and six events, then fresh statistics. */
export async function fill(client: pg.Client, from: number, to: number): Promise<void> {
  const range = [from, to] as const
  const like = `community_code = '${COMMUNITY}'`
  const model = `select id from issues where ${like} and state = 'raised' and visibility = 'public' order by id limit 1`
  const rich = `select subject_id from events where ${like} and subject_type = 'issue' group by subject_id
    having count(*) >= ${EVENTS_EACH} order by subject_id limit 1`
  await copyRows(client, 'issues', `select * from issues where ${like} and id = (${model})`, ISSUE, range)
  await copyRows(
    client,
    'raisers',
    `select * from raisers where ${like} and issue_id = (${model}) limit 1`,
    RAISER,
    range,
  )
  const six = `select * from events where ${like} and subject_id = (${rich}) and seq <= ${EVENTS_EACH}`
  await copyRows(client, 'events', six, EVENT, range)
  await client.query('vacuum (analyze) issues, raisers, events')
  await client.query('checkpoint')
}
