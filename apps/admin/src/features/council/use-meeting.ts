import { routes } from '@tongxin/client'
import type { MeetingView } from '@tongxin/contract'
import { type Loading, useEvents, useLoading } from '@tongxin/web'
import { onScopeDispose, type Ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api } from '../../api.ts'
import { lastSeen } from '../../offline/last-seen.ts'
import { useSession } from '../sessions/index.ts'

const FOLLOWED = new Set<MeetingView['state']>(['announced', 'in_session'])
const AGAIN_MS = 5_000

/** Online ballots go on after a meeting has closed. */
const isFollowed = ({ state, motions }: MeetingView): boolean =>
  FOLLOWED.has(state) || motions.some((motion) => motion.state === 'open')

/**
 * A meeting as this reader may see it, read anew whenever something happens there. Once it is shown, a reading that fails takes nothing
 * away: somebody may be writing in it.
 */
export function useMeeting(id: () => string): Loading<MeetingView> & { live: Ref<boolean> } {
  const meeting: Loading<MeetingView> = useLoading<MeetingView>(() =>
    lastSeen(
      `meeting ${id()}`,
      () => api.call(routes.council.readMeeting, { params: { id: id() } }),
      () => meeting.state.value === 'ready',
    ),
  )
  const { data, state } = meeting
  const reload = () => (state.value === 'ready' ? meeting.refresh() : meeting.reload())
  watch(id, meeting.reload, { immediate: true })
  const followed = () => (data.value && isFollowed(data.value) ? `/v1/meetings/${data.value.id}/events` : null)
  const live = useEvents(followed, 'meeting', () => void reload())

  const session = useSession()
  const router = useRouter()
  // Whoever is here only to preside has handed over, and goes.
  watch(data, (read) => {
    if (read && !session.isStaff && !read.presiding) void router.replace({ name: 'staff-only' })
  })

  let again: ReturnType<typeof setTimeout> | undefined
  const stop = watch([meeting.stale, meeting.refreshing], ([stale, busy]) => {
    clearTimeout(again)
    if (stale && !busy) again = setTimeout(reload, AGAIN_MS)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(again)
  })
  return { ...meeting, reload, live }
}
