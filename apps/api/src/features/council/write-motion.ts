import { type Body, type councilRoutes, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { listWaiting } from './agenda.queries.ts'
import type { MeetingKey, MeetingRow } from './meetings.queries.ts'
import { assertProposalFits } from './motion-proposal.ts'
import { insertProposal } from './motion-proposals.queries.ts'
import { insertMotion, listOpenMotions, type NewMotion } from './motions.queries.ts'
import { recordMotionEvent } from './record-council-event.ts'

type How = Pick<
  NewMotion,
  'state' | 'method' | 'place' | 'opensAt' | 'closesAt' | 'moverId' | 'seconderId' | 'publicKey'
>
type ToWrite = Pick<
  Body<typeof councilRoutes.proposeMotion>,
  'issueId' | 'text' | 'rule' | 'proposes' | 'proposal' | 'reviewed'
> &
  How

/**
 * Writes a motion on a matter that is being deliberated on. The caller holds the meeting's lock.
 * @throws AppError motion_open; unprocessable for a matter not being deliberated here, and what looks like personal data
 */
export const writeMotion = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingRow,
  { issueId, text, rule, proposes, proposal, reviewed, ...how }: ToWrite,
  by: string,
  at: Date,
): Promise<MeetingKey> => {
  const { communityCode, id: meetingId } = meeting
  assertPublishable(reviewed, { text, 'proposal.budgetSource': proposal?.budgetSource })
  if ((await listOpenMotions(tx, meeting)).some(({ place }) => place === 'room')) throw new AppError('motion_open')
  const issue = splitPublicId(issueId)
  const items = issue.communityCode === communityCode ? await listWaiting(tx, meeting) : []
  if (!items.some((item) => item.issueId === issue.id && item.state === 'discussing')) {
    const message = '只能就本次会议正在议的事项提出表决'
    const errors = [{ path: 'body.issueId', message }]
    throw new AppError('unprocessable', { reason: 'item_not_discussed', detail: message, errors })
  }
  if (proposal) await assertProposalFits(tx, issue, proposal)
  const key = { communityCode, id: newId(at) }
  const words = { text, rule, proposes }
  const { state, method, place, opensAt, closesAt, publicKey, moverId, seconderId } = how
  const published = { method, place, opensAt, closesAt, publicKey }
  const row = {
    ...key,
    meetingId,
    issueId: issue.id,
    amendsId: null,
    state,
    ...words,
    ...published,
    moverId,
    seconderId,
  }
  await insertMotion(tx, row, by, at)
  if (proposal) await insertProposal(tx, key, proposal)
  await recordMotionEvent(tx, deps, key, 'propose', {
    from: null,
    to: state,
    by,
    at,
    record: { meetingId, issueId, ...words, ...published, proposal },
    personal: { moverId, seconderId },
  })
  return key
}
