import type { MeasureCode } from '@tongxin/contract'
import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { statEntries } from '../../db/schema/statistics.ts'
import { type CellKey, type Figures, type StoredFigures, stored, whole } from './figures.ts'
import type { Entry } from './tally-matter.ts'

export interface MatterKey {
  communityCode: string
  issueId: string
}

export interface StoredEntry extends Entry, MatterKey {}

const HOLD = 'select pg_try_advisory_xact_lock($1) as held'

/** One counts at a time; whoever comes second leaves it to the first. */
export const holdCounting = async (tx: Tx): Promise<boolean> =>
  (await preparedOne<{ held: boolean }>(tx, 'stat_hold', HOLD, [ADVISORY_LOCKS.statistics]))?.held === true

const TAKE = `with matters as (select distinct community_code, issue_id from
    (select community_code, issue_id from uncounted_events order by community_code, issue_id, seq limit $1) first)
  delete from uncounted_events u using matters m
  where u.community_code = m.community_code and u.issue_id = m.issue_id
  returning u.community_code as "communityCode", u.issue_id as "issueId"`

/** Takes the events of some matters off the list. */
export const takeUncounted = async (tx: Tx, most: number): Promise<{ events: number; matters: MatterKey[] }> => {
  const rows = await prepared<MatterKey>(tx, 'stat_take', TAKE, [most])
  const matters = new Map(rows.map((row) => [`${row.communityCode}|${row.issueId}`, row]))
  return { events: rows.length, matters: [...matters.values()] }
}

interface ChainEvent {
  action: string
  seq: number
  occurredAt: string
  to: string | null
  record: Record<string, unknown>
  personal: null
  personalHash: null
}

const MATTERS = `json_to_recordset($1::json) as k("communityCode" text, "issueId" uuid)`
// What names people is not read: nothing is measured by it.
const CHAINS = `select k."communityCode", k."issueId", json_agg(json_build_object('action', e.action, 'seq', e.seq,
    'occurredAt', to_char(e.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'to', e.to_state, 'record', e.record,
    'personal', null, 'personalHash', null) order by e.seq) as events
  from ${MATTERS} join events e on e.community_code = k."communityCode" and e.subject_type = 'issue'
    and e.subject_id = k."issueId" group by 1, 2`

/** The chains of these matters, each in its order. */
export const readChains = (tx: Tx, matters: readonly MatterKey[]): Promise<(MatterKey & { events: ChainEvent[] })[]> =>
  prepared(tx, 'stat_chains', CHAINS, [JSON.stringify(matters)])

const ENTRY_COLUMNS = `s.community_code as "communityCode", s.issue_id as "issueId", s.measure, s.nth, s.day::text as day, s.grid, s.unit,
  s.category, s.value`
const ENTRIES = `select ${ENTRY_COLUMNS} from ${MATTERS}
  join stat_entries s on s.community_code = k."communityCode" and s.issue_id = k."issueId"`

export const findEntries = (tx: Tx, matters: readonly MatterKey[]): Promise<StoredEntry[]> =>
  prepared(tx, 'stat_entries', ENTRIES, [JSON.stringify(matters)])

const DELETE = `delete from stat_entries s
  using json_to_recordset($1::json) as k("communityCode" text, "issueId" uuid, measure text, nth smallint)
  where s.community_code = k."communityCode" and s.issue_id = k."issueId" and s.measure = k.measure and s.nth = k.nth`

export const deleteEntries = async (tx: Tx, entries: readonly StoredEntry[]): Promise<void> => {
  if (entries.length > 0) await prepared(tx, 'stat_entries_delete', DELETE, [JSON.stringify(entries)])
}

export const insertEntries = (tx: Tx, entries: readonly StoredEntry[]): Promise<void> =>
  insertMany(tx, statEntries, entries)

export interface Cell extends CellKey {
  figures: Figures
}

const CELL_KEY = `"communityCode" text, span text, "startsOn" date, grid text, unit text, category text`
const ON_KEY = `c.community_code = k."communityCode" and c.span = k.span and c.starts_on = k."startsOn" and c.grid = k.grid
  and c.unit = k.unit and c.category = k.category`
const CELL_COLUMNS = `c.community_code as "communityCode", c.span, c.starts_on::text as "startsOn", c.grid, c.unit, c.category, c.figures, c.others`
const FIND_CELLS = `select ${CELL_COLUMNS} from json_to_recordset($1::json) as k(${CELL_KEY}) join stat_cells c on ${ON_KEY}`
const WRITE_CELLS = `insert into stat_cells as c (community_code, span, starts_on, grid, unit, category, figures, others)
  select k."communityCode", k.span, k."startsOn", k.grid, k.unit, k.category, k.figures, k.others
  from json_to_recordset($1::json) as k(${CELL_KEY}, figures jsonb, others jsonb)
  on conflict (community_code, span, starts_on, grid, unit, category) do update set figures = excluded.figures,
    others = excluded.others`
const DELETE_CELLS = `delete from stat_cells c using json_to_recordset($1::json) as k(${CELL_KEY}) where ${ON_KEY}`

type StoredCell = CellKey & StoredFigures
const fromStored = ({ others, ...cell }: StoredCell): Cell => ({ ...cell, figures: whole({ ...cell, others }) })

export const findCells = async (tx: Tx, keys: readonly CellKey[]): Promise<Cell[]> =>
  (await prepared<StoredCell>(tx, 'stat_cells_find', FIND_CELLS, [JSON.stringify(keys)])).map(fromStored)

/** Writes cells as they are now; those in which nothing is left go. */
export const writeCells = async (tx: Tx, cells: readonly Cell[]): Promise<void> => {
  const [kept, empty] = [[], []] as [Cell[], Cell[]]
  for (const cell of cells) (Object.keys(cell.figures).length > 0 ? kept : empty).push(cell)
  const rows = kept.map((cell) => ({ ...cell, ...stored(cell.figures) }))
  if (kept.length > 0) await prepared(tx, 'stat_cells_write', WRITE_CELLS, [JSON.stringify(rows)])
  if (empty.length > 0) await prepared(tx, 'stat_cells_delete', DELETE_CELLS, [JSON.stringify(empty)])
}

const BATCH = 2_000

async function* inOrder<Row extends object>(tx: Tx, name: string, text: string): AsyncGenerator<Row, undefined> {
  await tx.$client.query(`declare ${name} no scroll cursor for ${text}`)
  for (;;) {
    const rows = await prepared<Row>(tx, `${name}_fetch`, `fetch ${BATCH} from ${name}`, [])
    yield* rows
    if (rows.length < BATCH) break
  }
  await tx.$client.query(`close ${name}`)
  return undefined
}

/** Of one cell, measure and bucket: how many entries, and their sum. */
export interface Counted extends CellKey {
  measure: MeasureCode
  bucket: number | null
  count: number
  sum: number
}

// In the order of bytes, whatever the database's own is: two streams are compared.
const CELL_ORDER =
  '"communityCode" collate "C", span collate "C", "startsOn", grid collate "C", unit collate "C", category collate "C"'

/** Every cell. */
export async function* streamCells(tx: Tx): AsyncGenerator<Cell, undefined> {
  const text = `select "communityCode", span, "startsOn", grid, unit, category, figures, others
    from (select ${CELL_COLUMNS} from stat_cells c) c order by ${CELL_ORDER}`
  for await (const cell of inOrder<StoredCell>(tx, 'verify_cells', text)) yield fromStored(cell)
  return undefined
}

const listed = (items: readonly (string | number)[]) =>
  `array[${items.map((item) => (typeof item === 'number' ? item : `'${item}'`)).join(', ')}]`
const named = (bit: number, column: string) =>
  `case when g.named & ${bit} > 0 then s.${column} else '*' end as ${column}`
const counted = (span: CellKey['span'], startsOn: string, groupings: readonly number[], bucket: string) => `
  select s.community_code as "communityCode", '${span}' as span, ${startsOn} as "startsOn", ${named(1, 'grid')}, ${named(2, 'unit')},
    ${named(4, 'category')}, s.measure, ${bucket} as bucket, count(*) as count, sum(s.value)::bigint as sum
  from stat_entries s cross join unnest(${listed(groupings)}) as g(named) group by 1, 2, 3, 4, 5, 6, 7, 8`

/** What each cell should hold, counted anew from the entries: the cells in the same order, each with all of its measures. */
export const streamCounted = (
  tx: Tx,
  how: {
    groupings: Record<CellKey['span'], readonly number[]>
    edges: readonly number[]
    timed: readonly string[]
    exact: readonly string[]
  },
): AsyncGenerator<Counted, undefined> => {
  // Whole milliseconds: no longer than an edge is less than one more than it.
  const bucket = `case when s.measure = any(${listed(how.timed)}) then width_bucket(s.value - 1, ${listed(how.edges)}::bigint[])
    when s.measure = any(${listed(how.exact)}) then s.value end`
  return inOrder(
    tx,
    'verify_counted',
    `select "communityCode", span, "startsOn"::text as "startsOn", grid, unit, category, measure, bucket, count, sum from (
      ${counted('day', 's.day', how.groupings.day, bucket)} union all
      ${counted('month', `date_trunc('month', s.day)::date`, how.groupings.month, bucket)}) c
      order by ${CELL_ORDER.replace('"startsOn"', 'c."startsOn"')}, measure, bucket`,
  )
}
