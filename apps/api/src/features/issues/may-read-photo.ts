import { makePublicId } from '@tongxin/contract'
import { isAction } from '@tongxin/lifecycle'
import { preparedOne } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { isSelf } from '../../http/actor.ts'
import type { MayReadSubject } from '../attachments/index.ts'
import { findIssue } from './issue-row.ts'
import { viewOf } from './issues.policy.ts'
import { hashTracking } from './raise-issue.ts'
import { findTracked } from './raisers.queries.ts'
import { findRelation } from './standing.ts'
import { mayReadPhotosOf } from './timeline.present.ts'

const ACTION = `select action, personal ->> 'actorId' as "actorId", record ->> 'onBehalfOf' as "onBehalfOf" from events where community_code = $1 and subject_type = 'issue' and subject_id = $2 and seq = $3`

/** A photo is read by whoever reads the entry of the timeline it came with; a tracking link reads as its raiser does. */
export const mayReadPhoto =
  (deps: Deps): MayReadSubject =>
  async ({ db, actor, request }, photo) => {
    if (photo.subjectType !== 'issue') return false
    const key = { communityCode: photo.communityCode, id: photo.subjectId }
    const [row, relation, tree, event] = await Promise.all([
      findIssue(db, key),
      findRelation(db, key, actor),
      deps.directory.regions.tree(),
      preparedOne<{ action: string; actorId: string | null; onBehalfOf: string | null }>(db, 'event_action', ACTION, [
        key.communityCode,
        key.id,
        photo.eventSeq,
      ]),
    ])
    if (!row || !event || !isAction(event.action)) return false
    const view = viewOf(actor, tree, key.communityCode, row.issue, relation)
    const { action, actorId, onBehalfOf } = event
    const isOf = (own: boolean, raiserId: string | null) =>
      own || (raiserId !== null && onBehalfOf === makePublicId(key.communityCode, raiserId))
    if (view !== null && mayReadPhotosOf(action, view, isOf(isSelf(actor, actorId), relation.raiserId))) return true
    const token = request.headers['x-tracking-token']
    if (typeof token !== 'string') return false
    const tracked = await findTracked(db, key.communityCode, hashTracking(token))
    return tracked?.id === key.id && mayReadPhotosOf(action, 'raiser', isOf(isSelf(tracked, actorId), tracked.raiserId))
  }
