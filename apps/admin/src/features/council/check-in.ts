import type { MeetingView } from '@tongxin/contract'
import { type Delivery, sendOrKeep } from '../../outbox/send.ts'

/**
 * Checks somebody in, or who is signed in where nobody is named: at the door there may be no signal. Kept under the meeting and the person,
 * so that one who is refused does not hold up the others.
 */
export const checkIn = (meeting: MeetingView, somebody?: { personId: string; label: string }): Promise<Delivery> =>
  sendOrKeep({
    id: crypto.randomUUID(),
    subject: `${meeting.id}.${somebody?.personId ?? ''}`,
    route: ['council', 'checkIn'],
    params: { id: meeting.id },
    body: somebody ? { personId: somebody.personId } : {},
    what: 'check_in',
    title: [somebody?.label, meeting.title].filter(Boolean).join(' · '),
    community: meeting.id.slice(0, 12),
    page: `/meetings/${meeting.id}`,
  })
