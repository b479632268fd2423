import { routes } from '@tongxin/client'
import type { DutyShift, MeetingItem, SittingSummary } from '@tongxin/contract'
import { date, useLoading, useNow } from '@tongxin/web'
import { computed } from 'vue'
import { api } from '../../api.ts'
import { sayUnread } from '../../loading/unread.ts'
import { lastSeen } from '../../offline/last-seen.ts'
import { useSession } from '../sessions/index.ts'

const DAY = 86_400_000
/** Newest first; so many are planned ahead of today at the most. */
const LATEST = 20

/** What stands in the diary of the community today, and who is on duty now, as far as the reader may know. */
export function useToday(community: string) {
  const session = useSession()
  const now = useNow()
  const meetings = useLoading<{ items: MeetingItem[] }>(() =>
    lastSeen(`meetings ${community}`, () =>
      api.call(routes.council.listMeetings, { query: { community, limit: LATEST } }),
    ),
  )
  const sittings = useLoading<SittingSummary[]>(async () => {
    const found = await api.call(routes.sittings.listSittings, { query: { community, limit: LATEST } })
    return found.items
  })
  // The night before runs into this day.
  const shifts = useLoading<DutyShift[]>(async () => {
    const query = { from: date(new Date(now.value.getTime() - DAY)), to: date(now.value) }
    const found = await api.call(routes.duty.listDutyShifts, { params: { code: community }, query })
    return found.items
  })
  const parts = [
    meetings,
    ...(session.may('sittings.read') ? [sittings] : []),
    ...(session.may('duty.read') ? [shifts] : []),
  ]
  for (const each of parts) void sayUnread<unknown>(each).reload()

  const isToday = ({ heldAt, state }: { heldAt: string; state: string }) =>
    date(heldAt) === date(now.value) && state !== 'cancelled'
  return {
    parts,
    meetings: computed(() => meetings.data.value?.items.filter(isToday) ?? []),
    sittings: computed(() => sittings.data.value?.filter(isToday) ?? []),
    onDuty: computed(() =>
      shifts.data.value?.find(
        ({ from, to }) => Date.parse(from) <= now.value.getTime() && now.value.getTime() < Date.parse(to),
      ),
    ),
  }
}
