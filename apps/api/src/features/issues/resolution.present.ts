import type { ResolutionView } from '@tongxin/contract'
import type { EventRow } from './timeline.present.ts'

/** The council's last resolution on a matter, from the event it was adopted by; null where none kept its words. */
export const resolutionIn = (events: readonly EventRow[]): ResolutionView | null => {
  const adopted = events.findLast(({ action, record }) => action === 'adopt' && typeof record.resolution === 'string')
  if (!adopted) return null
  const { resolution, meetingId, motionId, minutesNumber, proposal } = adopted.record
  return {
    text: resolution as string,
    meetingId: meetingId as string,
    motionId: motionId as string,
    minutesNumber: (minutesNumber as string | undefined) ?? null,
    adoptedAt: adopted.occurredAt,
    proposal: (proposal as ResolutionView['proposal'] | undefined) ?? null,
  }
}
