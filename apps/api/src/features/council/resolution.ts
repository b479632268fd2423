import type { ProposalView } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { findMeeting } from './meetings.queries.ts'
import { takeMinutesNumber } from './minutes-number.ts'
import { findMotion } from './motions.queries.ts'

/** What a matter's event keeps of the motion that was adopted: whoever reads it need not look the meeting up. */
export const resolutionOf = async (
  tx: Tx,
  communityCode: string,
  meetingId: string,
  motionId: string,
): Promise<{ resolution?: string; minutesNumber?: string; proposal?: ProposalView }> => {
  const [meeting, motion] = await Promise.all([
    findMeeting(tx, { communityCode, id: meetingId }),
    findMotion(tx, { communityCode, id: motionId }),
  ])
  if (!motion || !meeting?.openedAt) return {}
  const minutesNumber = await takeMinutesNumber(tx, meeting, meeting.openedAt)
  return { resolution: motion.text, minutesNumber, ...(motion.proposal && { proposal: motion.proposal }) }
}
