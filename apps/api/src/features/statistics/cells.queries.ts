import type { MeasureCode } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import { prepared, preparedOne, shape } from '../../db/prepared.ts'
import { ALL, type CellKey, type Figures } from './figures.ts'

/** What is asked of the cells: one value of a dimension (`''` for none), each of its values, or all of it together. */
export type Wanted = { is: string } | 'each' | 'all'

export interface CellsWanted {
  communities: readonly string[]
  span: CellKey['span']
  /** From the first day on, before the second. */
  days: readonly [string, string]
  grid: Wanted
  unit: Wanted
  category: Wanted
}

export interface ReadCell extends CellKey {
  figures: Figures
}

/** The cells asked for, by an index; with `only`, nothing but these measures of them. */
export const readCells = (
  db: Db,
  wanted: CellsWanted,
  only: readonly MeasureCode[] | null = null,
): Promise<ReadCell[]> => {
  const values: unknown[] = [wanted.communities, wanted.span, ...wanted.days]
  const conditions = (['grid', 'unit', 'category'] as const).map((column) => {
    const value = wanted[column]
    if (value === 'all') return `c.${column} = '${ALL}'`
    return value === 'each' ? `c.${column} <> '${ALL}'` : `c.${column} = $${values.push(value.is)}`
  })
  const figures = only
    ? `(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(c.figures) where key = any($${values.push(only)}::text[])) as figures`
    : 'c.figures'
  const text = `select c.community_code as "communityCode", c.span, c.starts_on::text as "startsOn", c.grid, c.unit, c.category,
      ${figures}
    from stat_cells c where c.community_code = any($1::text[]) and c.span = $2 and c.starts_on >= $3 and c.starts_on < $4
      and ${conditions.join(' and ')}`
  return prepared(db, shape('stat_cells_read', text), text, values)
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
