import { routes } from '@tongxin/client'
import type { MeetingView } from '@tongxin/contract'
import { type Loading, useEvents, useLoading } from '@tongxin/web'
import { type Ref, watch } from 'vue'
import { api } from '../../api.ts'

const FOLLOWED = new Set<MeetingView['state']>(['announced', 'in_session'])

/** A meeting as this reader may see it, read anew whenever something happens there. */
export function useMeeting(id: () => string): Loading<MeetingView> & { live: Ref<boolean> } {
  const meeting = useLoading(() => api.call(routes.council.readMeeting, { params: { id: id() } }))
  watch(id, meeting.reload, { immediate: true })
  const followed = () =>
    meeting.data.value && FOLLOWED.has(meeting.data.value.state) ? `/v1/meetings/${meeting.data.value.id}/events` : null
  const live = useEvents(followed, 'meeting', () => void meeting.reload())
  return { ...meeting, live }
}
