import type { MeasureCode } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import { prepared, preparedOne, shape } from '../../db/prepared.ts'
import { ALL, type CellKey, type StoredFigures } from './figures.ts'

/** What is asked of the cells: one value of a dimension (`''` for none), each of its values, or all of it together. */
export type Wanted = { is: string } | 'each' | 'all'

export interface CellsWanted {
  communities: readonly string[]
  span: CellKey['span']
  /** Days or first days of months: each named, so that the index leads straight to its cells. */
  starts: readonly string[]
  grid: Wanted
  unit: Wanted
  category: Wanted
}

export type ReadCell = CellKey & StoredFigures

const whereOf = ({ communities, span, starts, ...wanted }: CellsWanted) => {
  const values: unknown[] = [communities, span, starts]
  const conditions = (['grid', 'unit', 'category'] as const).map((column) => {
    const value = wanted[column]
    if (value === 'all') return `c.${column} = '${ALL}'`
    return value === 'each' ? `c.${column} <> '${ALL}'` : `c.${column} = $${values.push(value.is)}`
  })
  const text = `c.community_code = any($1::text[]) and c.span = $2 and c.starts_on = any($3::date[]) and ${conditions.join(' and ')}`
  return { text, values }
}

/** The cells asked for, by their key; with `of: 'groups'`, of them what groups are told apart by. */
export const readCells = (db: Db, wanted: CellsWanted, of: 'groups' | 'whole' = 'whole'): Promise<ReadCell[]> => {
  const where = whereOf(wanted)
  const others = of === 'groups' ? `'{}'::json as others` : 'c.others'
  const text = `select c.community_code as "communityCode", c.span, c.starts_on::text as "startsOn", c.grid, c.unit, c.category,
      c.figures, ${others}
    from stat_cells c where ${where.text}`
  return prepared(db, shape('stat_cells_read', text), text, where.values)
}

/** How many were raised and closed by category, over all the cells asked for. */
export const countByCategory = (
  db: Db,
  wanted: CellsWanted,
): Promise<{ category: string; raised: number; closed: number }[]> => {
  const { text: where, values } = whereOf(wanted)
  const sum = (measure: MeasureCode) => `coalesce(sum((c.figures -> '${measure}' ->> 0)::bigint), 0)::int as ${measure}`
  const text = `select c.category, ${sum('raised')}, ${sum('closed')} from stat_cells c where ${where} group by c.category`
  return prepared(db, shape('stat_by_category', text), text, values)
}

interface EntriesWanted {
  communities: readonly string[]
  days: readonly [string, string]
  grid: string | null
  unit: string | null
  category: string | null
}

const NARROWED = `s.community_code = any($1::text[]) and s.day >= $2 and s.day < $3
  and ($4::text is null or s.grid = $4) and ($5::text is null or s.unit = $5) and ($6::text is null or s.category = $6)`
// The median of an even number is the mean of two; the ninth decile is at floor(0.9·n), the first being 0, never beyond the last.
const EXACT = `select measure, avg(value) filter (where place in ((n - 1) / 2, n / 2))::float8 as median,
    max(value) filter (where place = least(n - 1, floor(n * 0.9)::bigint)) as p90
  from (select s.measure, s.value, row_number() over (partition by s.measure order by s.value) - 1 as place,
      count(*) over (partition by s.measure) as n
    from stat_entries s where s.measure = any($7::text[]) and ${NARROWED}) t
  group by measure`

/** Median and ninth decile of these measures from every single value. */
export const exactPercentiles = (
  db: Db,
  { communities, days, grid, unit, category }: EntriesWanted,
  measures: readonly MeasureCode[],
): Promise<{ measure: MeasureCode; median: number; p90: number }[]> =>
  prepared(db, 'stat_exact', EXACT, [communities, ...days, grid, unit, category, measures])

const NAMES = `select id::text as key, name from units where id = any($1::uuid[])
  union all select code, name from categories where code = any($2::text[])`

/** Names of units by their id and of categories by their code. */
export const findNames = async (
  db: Db,
  units: readonly string[],
  categories: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await prepared<{ key: string; name: string }>(db, 'stat_names', NAMES, [units, categories])
  return new Map(rows.map(({ key, name }) => [key, name]))
}

const VOTES = `select coalesce(sum(heads_for + heads_against + heads_abstain), 0)::int as votes from motions
  where community_code = $1 and state in ('passed', 'failed')
    and counted_at >= ($2::date::timestamp at time zone interval '8 hours') and counted_at < ($3::date::timestamp at time zone interval '8 hours')`

/** Votes cast by heads in motions counted in these days. */
export const countVotes = async (db: Db, community: string, days: readonly [string, string]): Promise<number> =>
  (await preparedOne<{ votes: number }>(db, 'stat_votes', VOTES, [community, ...days]))?.votes ?? 0
