import { type CouncilStep, makePublicId } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { readMyBallots, standingAt } from '../council/index.ts'
import { findCouncilSteps } from './council-steps.queries.ts'

/** A due date first, the first to come at the top. */
const byDue = (a: CouncilStep, b: CouncilStep): number =>
  (a.dueAt === null ? 1 : 0) - (b.dueAt === null ? 1 : 0) || (a.dueAt ?? '').localeCompare(b.dueAt ?? '')

/** What waits for this person at the council of a community: to announce, open, answer, vote, write or confirm. */
export const listCouncilSteps = async (
  on: Queryable,
  deps: Deps,
  actor: Actor,
  communityCode: string,
): Promise<CouncilStep[]> => {
  const now = deps.clock.now()
  const { manages } = standingAt(actor, await deps.directory.regions.tree(), communityCode)
  const { meeting_notice_days: noticeDays } = await deps.directory.policies.policyFor(communityCode, now)
  const steps = await findCouncilSteps(on, { communityCode, personId: personOf(actor), now, manages, noticeDays })
  const ballots = await readMyBallots(on, deps, communityCode, actor)
  return [
    ...steps.map((step) => ({ ...step, meetingId: makePublicId(communityCode, step.meetingId) })),
    ...ballots
      .filter(({ toCast }) => toCast > 0)
      .map(({ meeting, motion }) => ({
        kind: 'vote' as const,
        meetingId: meeting.id,
        title: meeting.title,
        dueAt: motion.voting.closesAt,
      })),
  ].sort(byDue)
}
