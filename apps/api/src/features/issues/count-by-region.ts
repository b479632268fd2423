import { type issueRoutes, MOST_COUNTED, type Success } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import { type Scope, worksThere } from './issues.policy.ts'
import type { Where } from './list-issues.ts'

interface Row {
  gridCode: string | null
  buildingCode: string | null
  count: number
  overdue: number
}

/** Where the matters of a list lie; of many the newest, as the list shows them. */
export async function countByRegion(
  on: Queryable,
  where: Where,
  scope: Scope,
  now: Date,
): Promise<Success<typeof issueRoutes.countIssuesByRegion>> {
  const building = worksThere(scope) ? 'building_code' : 'null::text'
  const values = [...where.values]
  const text = `select grid_code as "gridCode", ${building} as "buildingCode", count(*)::int as count,
      count(*) filter (where due_at < $${values.push(now.toISOString())}::timestamptz)::int as overdue
    from (select i.grid_code, i.building_code, i.due_at from issues i where ${where.text}
      order by i.raised_at desc, i.id desc limit $${values.push(MOST_COUNTED + 1)}) m group by 1, 2 order by 1, 2`
  const items = await prepared<Row>(on, shape('issues_by_region', text), text, values)
  const found = items.reduce((sum, { count }) => sum + count, 0)
  return { items, counted: Math.min(found, MOST_COUNTED), exact: found <= MOST_COUNTED }
}
