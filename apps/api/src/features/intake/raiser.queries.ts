import { OPEN_STATES } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import type { Where } from '../issues/index.ts'

export interface RaiserMatterRow {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  state: string
  raisedAt: string
  contactedAt: string | null
  open: boolean
  /** Of all, not only of those listed. */
  openCount: number
  count: number
}

const MOST = 20
const STATES = OPEN_STATES.map((state) => `'${state}'`).join(', ')

/**
 * What they raised since, newest first; what was merged is told as the matter it went into, of which they are a raiser. `where` bounds what the reader may see of one community, which is its
 * first value.
 */
export const listRaisedBy = (
  on: Queryable,
  where: Where,
  personId: string,
  since: Date,
): Promise<RaiserMatterRow[]> => {
  const values = [...where.values]
  const person = `$${values.push(personId)}`
  const from = `$${values.push(since.toISOString())}`
  const text = `select i.id, i.number, i.title, i.public_title as "publicTitle", i.state, i.raised_at as "raisedAt",
      i.contacted_at as "contactedAt", i.state in (${STATES}) as open,
      count(*) filter (where i.state in (${STATES})) over () as "openCount", count(*) over () as count
    from issues i where ${where.text} and i.state <> 'merged' and i.id in (select r.issue_id from raisers r
      where r.person_id = ${person}::uuid and r.community_code = $1 and r.detached_at is null
        and r.joined_at >= ${from}::timestamptz)
    order by i.raised_at desc, i.id desc limit ${MOST}`
  return prepared(on, shape('issues_raised_by', text), text, values)
}
