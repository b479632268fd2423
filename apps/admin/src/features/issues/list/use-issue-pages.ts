import { type CallResult, routes } from '@tongxin/client'
import type { IssueItem, issueRoutes } from '@tongxin/contract'
import { type Pages, usePages } from '@tongxin/web'
import { onActivated, type ShallowRef, shallowRef, watch } from 'vue'
import { api } from '../../../api.ts'
import { type IssueFilterValues, requestOf } from './use-issue-filters.ts'

/** The longest page the API gives. */
const MOST = 100

type Count = CallResult<typeof issueRoutes.listIssues>['count']

export interface IssuePages extends Pages<IssueItem> {
  count: ShallowRef<Count>
}

/** The list under the present filters: its first page anew at every change, further pages on demand. */
export function useIssuePages(
  filters: () => IssueFilterValues,
  community: () => string | null,
  limit = 30,
): IssuePages {
  const count = shallowRef<Count>(null)
  let again = false
  const pages: Pages<IssueItem> = usePages<IssueItem>(async (cursor) => {
    // Read anew, it is as long as it was shown.
    const shown = again && cursor === undefined ? (pages.data.value?.items.length ?? 0) : 0
    const asked = { ...requestOf(filters()), community: community() ?? '', limit: Math.max(limit, shown), cursor }
    const answer = await api.call(routes.issues.listIssues, {
      query: { ...asked, count: cursor === undefined ? 'true' : undefined },
    })
    if (cursor === undefined) count.value = answer.count
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
  onActivated(revisit)
  return { ...pages, count }
}
