import type { Action, Clock } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

/** The clocks as an event left them. */
export interface Snapshot {
  seq: number
  action: Action
  at: string
  clocks: Clock[]
  /** The unit that the event named to lead; null where it named none. */
  leadUnitId: string | null
}

const SNAPSHOTS = `select seq, action, occurred_at as at, record -> 'changes' -> 'clocks' as clocks,
    record ->> 'leadUnitId' as "leadUnitId" from events
  where community_code = $1 and subject_type = 'issue' and subject_id = $2 and record -> 'changes' ? 'clocks' order by seq`

/** Oldest first; those events alone that changed a clock. */
export const listSnapshots = (on: Queryable, key: IssueKey): Promise<Snapshot[]> =>
  prepared<Snapshot>(on, 'clock_snapshots', SNAPSHOTS, [key.communityCode, key.id])

const WITH_CLOCKS = `select id from issues where community_code = $1 and clocks <> '[]'::jsonb and ($2::uuid is null or id > $2)
  order by id limit $3`

/** The next of a community's issues that have clocks, by id. */
export const listWithClocks = async (
  on: Queryable,
  communityCode: string,
  after: string | null,
  limit: number,
): Promise<string[]> =>
  (await prepared<{ id: string }>(on, 'issues_with_clocks', WITH_CLOCKS, [communityCode, after, limit])).map(
    ({ id }) => id,
  )
