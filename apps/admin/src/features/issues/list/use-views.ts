import { routes } from '@tongxin/client'
import type { MatterView } from '@tongxin/contract'
import { date, useLoading } from '@tongxin/web'
import { computed, watch } from 'vue'
import { api } from '../../../api.ts'
import { filtersOf, type IssueFilterValues, requestOf } from './use-issue-filters.ts'

export type ViewContent = Pick<MatterView, 'name' | 'filters' | 'columns' | 'layout' | 'shared'>

const DAY_MS = 86_400_000

/** The filters of a view as the page's controls hold them. */
export function filtersOfView({ filters }: Pick<MatterView, 'filters'>): IssueFilterValues {
  const { raisedFrom, raisedBefore, overdue, mine, ...same } = filters
  return filtersOf({
    ...same,
    overdue: overdue === 'true' ? '1' : '',
    mine: mine === 'true' ? '1' : '',
    from: raisedFrom ? date(raisedFrom) : '',
    to: raisedBefore ? date(new Date(Date.parse(raisedBefore) - DAY_MS)) : '',
  })
}

/** What is looked at now as a view holds it. */
export const filtersForView = (filters: IssueFilterValues): MatterView['filters'] =>
  Object.fromEntries(Object.entries(requestOf(filters)).filter(([, value]) => value !== undefined))

const PAGE = 100

/** The views that somebody can look at the list by: their own, and those that others share. */
export function useViews(community: () => string | null) {
  const views = useLoading(async () => {
    const items: MatterView[] = []
    for (let cursor: string | undefined; ; ) {
      const query = { community: community() ?? '', limit: PAGE, cursor }
      const page = await api.call(routes.views.listViews, { query })
      items.push(...page.items)
      if (page.nextCursor === null) return items
      cursor = page.nextCursor
    }
  })
  watch(community, () => void views.reload(), { immediate: true })
  const mine = computed(() => views.data.value?.filter((view) => view.mine) ?? [])
  const others = computed(() => views.data.value?.filter((view) => !view.mine) ?? [])

  /** @throws ApiProblem */
  const save = async (content: ViewContent, idempotencyKey: string) => {
    await api.call(routes.views.saveView, { body: { ...content, community: community() ?? '' }, idempotencyKey })
    await views.refresh()
  }
  /** @throws ApiProblem */
  const change = async ({ id, version }: MatterView, body: Partial<ViewContent>) => {
    await api.call(routes.views.changeView, {
      params: { id },
      body,
      ifMatch: version,
      idempotencyKey: crypto.randomUUID(),
    })
    await views.refresh()
  }
  /** @throws ApiProblem */
  const remove = async ({ id, version }: MatterView) => {
    await api.call(routes.views.removeView, { params: { id }, ifMatch: version, idempotencyKey: crypto.randomUUID() })
    await views.refresh()
  }
  return { views, mine, others, save, change, remove }
}
