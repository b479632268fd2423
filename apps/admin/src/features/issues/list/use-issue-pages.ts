import { ApiProblem, type CallResult, routes } from '@tongxin/client'
import type { IssueItem, issueRoutes } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { ref, shallowRef, watch } from 'vue'
import { api } from '../../../api.ts'
import { type IssueFilterValues, requestOf } from './use-issue-filters.ts'

const PAGE = 30

interface Found {
  items: IssueItem[]
  nextCursor: string | null
  count: CallResult<typeof issueRoutes.listIssues>['count']
}

/** The list under the present filters: its first page anew at every change, further pages on demand. */
export function useIssuePages(filters: () => IssueFilterValues, community: () => string | null) {
  const more = ref(false)
  const moreProblem = shallowRef<ApiProblem>()
  const page = (cursor?: string) =>
    api.call(routes.issues.listIssues, {
      query: {
        ...requestOf(filters()),
        community: community() ?? '',
        limit: PAGE,
        cursor,
        count: cursor === undefined ? 'true' : undefined,
      },
    })

  const list = useLoading<Found>(() => page())

  const loadMore = async () => {
    const before = list.data.value
    if (!before?.nextCursor || more.value) return
    more.value = true
    moreProblem.value = undefined
    try {
      const next = await page(before.nextCursor)
      // The filters changed meanwhile: this page belongs to another list.
      if (list.data.value !== before) return
      list.data.value = { ...before, items: [...before.items, ...next.items], nextCursor: next.nextCursor }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      moreProblem.value = error
    } finally {
      more.value = false
    }
  }

  watch([() => JSON.stringify(filters()), community], () => list.reload(), { immediate: true })
  return { list, more, moreProblem, loadMore }
}
