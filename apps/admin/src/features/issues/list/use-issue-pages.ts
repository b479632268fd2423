import { type CallResult, routes } from '@tongxin/client'
import type { IssueItem, issueRoutes } from '@tongxin/contract'
import { type Pages, usePages } from '@tongxin/web'
import { type ShallowRef, shallowRef, watch } from 'vue'
import { api } from '../../../api.ts'
import { type IssueFilterValues, requestOf } from './use-issue-filters.ts'

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
  const pages = usePages<IssueItem>(async (cursor) => {
    const asked = { ...requestOf(filters()), community: community() ?? '', limit, cursor }
    const answer = await api.call(routes.issues.listIssues, {
      query: { ...asked, count: cursor === undefined ? 'true' : undefined },
    })
    if (cursor === undefined) count.value = answer.count
    return answer
  })
  watch([() => JSON.stringify(filters()), community], () => pages.reload(), { immediate: true })
  return { ...pages, count }
}
