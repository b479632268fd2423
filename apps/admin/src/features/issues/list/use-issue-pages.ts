import { type CallResult, routes } from '@tongxin/client'
import type { IssueItem, issueRoutes } from '@tongxin/contract'
import { type Pages, usePages } from '@tongxin/web'
import { onActivated, onDeactivated, type ShallowRef, shallowRef, watch } from 'vue'
import { api } from '../../../api.ts'
import { type Since, sinceRead } from './since-read.ts'
import { type IssueFilterValues, requestOf } from './use-issue-filters.ts'

/** The longest page the API gives. */
const MOST = 100

type Count = CallResult<typeof issueRoutes.listIssues>['count']

export interface IssuePages extends Pages<IssueItem> {
  count: ShallowRef<Count>
  /** What came and went since, shown when it is asked for: no line moves under the pointer. */
  since: ShallowRef<Since | null>
  /** Looks what became of the list meanwhile. */
  look: () => Promise<void>
  /** With what came, and without what went. */
  renew: () => Promise<void>
}

/** The list under the present filters: its first page anew at every change, further pages on demand. */
export function useIssuePages(
  filters: () => IssueFilterValues,
  community: () => string | null,
  limit = 30,
): IssuePages {
  const count = shallowRef<Count>(null)
  const since = shallowRef<Since | null>(null)
  let again = false
  let isAway = false
  const pages: Pages<IssueItem> = usePages<IssueItem>(async (cursor) => {
    // Read anew, it is as long as it was shown.
    const shown = again && cursor === undefined ? (pages.data.value?.items.length ?? 0) : 0
    const asked = { ...requestOf(filters()), community: community() ?? '', limit: Math.max(limit, shown), cursor }
    const answer = await api.call(routes.issues.listIssues, {
      query: { ...asked, count: cursor === undefined ? 'true' : undefined },
    })
    if (cursor === undefined) {
      count.value = answer.count
      since.value = null
    }
    return answer
  })
  watch([() => JSON.stringify(filters()), community], () => pages.reload(), { immediate: true })
  /** Whoever comes back to it finds it as it stands now; one that is longer than a page can be is left as it was. */
  const revisit = async () => {
    if (pages.data.value === undefined || pages.data.value.items.length > MOST) return
    again = true
    await pages.refresh().finally(() => {
      again = false
    })
  }
  onActivated(() => {
    isAway = false
    return revisit()
  })
  onDeactivated(() => {
    isAway = true
  })
  const look = async () => {
    const shown = pages.data.value
    if (!shown || isAway || pages.loadingMore.value) return
    const query = {
      ...requestOf(filters()),
      community: community() ?? '',
      limit: Math.min(MOST, Math.max(limit, shown.items.length)),
      count: 'true' as const,
    }
    const now = await api.call(routes.issues.listIssues, { query }).catch(() => null)
    // Read anew meanwhile, or going on to the next page: that is newer, or counts on what is shown.
    if (!now || pages.data.value !== shown || pages.loadingMore.value) return
    const { items, ...found } = sinceRead(shown, now)
    pages.data.value = { ...shown, items }
    count.value = now.count
    since.value = found.added + found.gone > 0 ? found : null
  }
  const renew = async () => {
    if ((pages.data.value?.items.length ?? 0) > MOST) {
      scrollTo({ top: 0 })
      await pages.reload()
    } else await revisit()
  }
  return { ...pages, count, since, look, renew }
}
