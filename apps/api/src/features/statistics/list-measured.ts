import type { MeasuredMatter, Query, statisticsRoutes } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import { LIST_COLUMNS, type ListRow, type Scope, whereOf } from '../issues/index.ts'
import { daysOf } from './period.ts'
import { inCells } from './read-statistics.ts'

export type MeasuredQuery = Query<typeof statisticsRoutes.listMeasuredMatters>
export type MeasuredRow = ListRow & Pick<MeasuredMatter, 'day' | 'nth' | 'value'>

/** The entries behind a figure with their matters, latest first; one row more than asked for tells whether there is another page. */
export const listMeasured = (
  db: Db,
  query: MeasuredQuery,
  scope: Scope,
  after: readonly [day: string, id: string, nth: number] | null,
  now: Date,
): Promise<MeasuredRow[]> => {
  const { text: visible, values } = whereOf({ community: query.community }, scope, now)
  const parts = [visible]
  const add = (condition: (n: string) => string, value: unknown) => parts.push(condition(`$${values.push(value)}`))
  const [from, before] = daysOf(query)
  add((n) => `s.measure = ${n}`, query.measure)
  add((n) => `s.day >= ${n}::date`, from)
  add((n) => `s.day < ${n}::date`, before)
  for (const column of ['grid', 'unit', 'category'] as const)
    if (query[column] !== undefined) add((n) => `s.${column} = ${n}`, inCells(query[column]))
  if (query.least !== undefined) add((n) => `s.value >= ${n}`, query.least)
  if (query.most !== undefined) add((n) => `s.value <= ${n}`, query.most)
  const place = after?.map((value) => `$${values.push(value)}`)
  if (place) parts.push(`(s.day, s.issue_id, s.nth) < (${place[0]}::date, ${place[1]}::uuid, ${place[2]}::smallint)`)
  const text = `select ${LIST_COLUMNS}, s.day::text as day, s.nth, s.value
    from stat_entries s join issues i on i.community_code = s.community_code and i.id = s.issue_id
    where s.community_code = $1 and ${parts.join(' and ')}
    order by s.day desc, s.issue_id desc, s.nth desc limit $${values.push(query.limit + 1)}`
  return prepared(db, shape('stat_matters', text), text, values)
}
