import { OPEN_STATES } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import { searchPieces, type Where } from '../issues/index.ts'

export interface SimilarRow {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  state: string
  visibility: string
  raisedAt: string
  building: boolean
  grid: boolean
  category: boolean
}

export interface Described {
  title: string
  body: string
  gridCode: string | null
  buildingCode: string | null
  categoryCode: string | null
}

const MOST = 5
/** Days for which what was settled is still looked through. */
const SETTLED_DAYS = 90
/** Of a long text the beginning says what it is about. */
const MOST_PIECES = 40
/** What a title names weighs so much more than what only the text does. */
const OF_TITLE = 2
/** So many rows are looked at, at most, by the planner's own estimate. */
const MOST_ROWS = 8_000
/** The share of matters from which on a piece is looked up last. */
const COMMON = 0.05
/** Of all the weight that could be shared, the part that makes two matters alike. */
const ALIKE = 0.25
const NEARER = { building: 0.3, grid: 0.15, category: 0.2 }

const STATES = OPEN_STATES.map((state) => `'${state}'`).join(', ')

/**
 * How rare a piece is comes from the statistics that ANALYZE keeps of `search`: pieces that stand in many matters tell little and would be
 * read for long, so that
 * those of the title come first, the rarest before the others, as far as the rows they are expected in allow. Where there are no statistics yet, the table is
 * small and every piece counts the same. Each piece is one look into the GIN index.
 */
const statement = ({ text, values }: Where) => {
  const nth = (offset: number) => `$${values.length + 1 + offset}`
  return `with common as materialized (
    select e.piece, e.frequency from pg_stats s,
      lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e (piece, frequency)
    where s.schemaname = current_schema() and s.tablename = 'issues' and s.attname = 'search' and e.piece is not null
  ), asked as (
    select a.piece, coalesce(c.frequency, (select min(frequency) / 4 from common), 0.001) as frequency, a.weight
    from unnest(${nth(0)}::text[], ${nth(1)}::float8[]) a (piece, weight) left join common c using (piece)
  ), told as materialized (
    select piece, weight * ln(1 / least(frequency, 0.9)) as weight from (
      select *, sum(frequency) over (order by frequency > ${COMMON}, weight desc, frequency, piece) * (select greatest(reltuples, 1) from pg_class where oid = 'issues'::regclass)
        as expected
      from asked) a
    where expected <= ${MOST_ROWS}
  ), alike as (
    select i.id, sum(told.weight) as shared, count(*) as pieces
    from told join issues i on ${text} and i.search @@ quote_literal(told.piece)::tsquery
    where i.visibility = 'public' and (i.state in (${STATES}) or i.state not in ('withdrawn', 'merged') and i.state_since > ${nth(2)}::timestamptz)
    group by i.id
  )
  select i.id, i.number, i.title, i.public_title as "publicTitle", i.state, i.visibility, i.raised_at as "raisedAt",
    coalesce(i.building_code = ${nth(3)}, false) as building, coalesce(i.grid_code = ${nth(4)}, false) as grid,
    coalesce(i.category_code = ${nth(5)}, false) as category
  from alike join issues i on i.community_code = $1 and i.id = alike.id
  where alike.pieces > 1 and alike.shared >= ${ALIKE} * (select sum(weight) from told)
  order by alike.shared * (1 + case when i.building_code = ${nth(3)} then ${NEARER.building}
      when i.grid_code = ${nth(4)} then ${NEARER.grid} else 0 end
    + case when i.category_code = ${nth(5)} then ${NEARER.category} else 0 end) desc, i.raised_at desc
  limit ${MOST}`
}

/** The most alike first. `where` bounds what the reader may see of one community, which is its first value. */
export const listSimilar = async (
  on: Queryable,
  where: Where,
  { title, body, gridCode, buildingCode, categoryCode }: Described,
  now: Date,
): Promise<SimilarRow[]> => {
  const ofTitle = searchPieces(title)
  const pieces = [...new Set([...ofTitle, ...searchPieces(title, body)])].slice(0, MOST_PIECES)
  if (pieces.length < 2) return []
  const weights = pieces.map((_, nth) => (nth < ofTitle.length ? OF_TITLE : 1))
  const since = new Date(now.getTime() - SETTLED_DAYS * 86_400_000).toISOString()
  const text = statement(where)
  return prepared(on, shape('issues_similar', text), text, [
    ...where.values,
    pieces,
    weights,
    since,
    buildingCode,
    gridCode,
    categoryCode,
  ])
}
