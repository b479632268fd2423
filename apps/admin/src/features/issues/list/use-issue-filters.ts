import { issues as fields } from '@tongxin/client/fields'
import type { MatterLayout } from '@tongxin/contract'
import { MATTER_LAYOUTS } from '@tongxin/contract/words'
import { KINDS, STAGES, STATES, type Stage, type State, URGENCIES } from '@tongxin/lifecycle'
import { dayStart } from '@tongxin/web'
import { computed, shallowRef, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'

/** What the list is narrowed by, as the page's controls hold it. Days are Beijing days, both included. */
export interface IssueFilterValues {
  text: string
  stage: Stage | ''
  state: State[]
  kind: keyof typeof KINDS | ''
  category: string
  grid: string
  building: string
  urgency: keyof typeof URGENCIES | ''
  unit: string
  overdue: boolean
  mine: boolean
  from: string
  to: string
  /** Newest first, or the first to run out. */
  order: 'due' | ''
}

const oneOf = <T extends string>(table: Record<T, unknown>, code: string): T | '' =>
  Object.hasOwn(table, code) ? (code as T) : ''
const matching = (pattern: RegExp, text: string) => (pattern.test(text) ? text : '')

/** An address somebody typed or kept may hold anything: what does not fit is left out. */
export function filtersOf(query: LocationQuery): IssueFilterValues {
  const say = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    text: say('text').trim().slice(0, fields.listIssues.text.most),
    stage: oneOf(STAGES, say('stage')),
    state: say('state')
      .split(',')
      .filter((code): code is State => Object.hasOwn(STATES, code)),
    kind: oneOf(KINDS, say('kind')),
    category: matching(/^\d{6}$/, say('category')),
    grid: matching(/^\d{15}$/, say('grid')),
    building: matching(/^\d{15}B\d{2,3}$/, say('building')),
    urgency: oneOf(URGENCIES, say('urgency')),
    unit: matching(/^[0-9a-f-]{36}$/, say('unit')),
    overdue: say('overdue') === '1',
    mine: say('mine') === '1',
    from: matching(/^\d{4}-\d{2}-\d{2}$/, say('from')),
    to: matching(/^\d{4}-\d{2}-\d{2}$/, say('to')),
    order: say('order') === 'due' ? 'due' : '',
  }
}

/** The filters as they stand in the page's address. */
export function addressOf(filters: IssueFilterValues): Record<string, string> {
  const { state, overdue, mine, ...texts } = filters
  const query: Record<string, string> = {
    ...texts,
    state: state.join(','),
    overdue: overdue ? '1' : '',
    mine: mine ? '1' : '',
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}

/** The filters as the API takes them. */
export function requestOf(filters: IssueFilterValues) {
  return {
    text: filters.text || undefined,
    stage: filters.stage || undefined,
    state: filters.state.join(',') || undefined,
    kind: filters.kind || undefined,
    category: filters.category || undefined,
    grid: filters.grid || undefined,
    building: filters.building || undefined,
    urgency: filters.urgency || undefined,
    unit: filters.unit || undefined,
    overdue: filters.overdue ? 'true' : undefined,
    mine: filters.mine ? 'true' : undefined,
    raisedFrom: filters.from ? dayStart(filters.from) : undefined,
    raisedBefore: filters.to ? dayStart(filters.to, 1) : undefined,
    order: filters.order || undefined,
  }
}

/** The address is where the filters and the layout live: a list can be kept, sent to a colleague, and gone back to. */
export function useIssueFilters() {
  const route = useRoute()
  const router = useRouter()
  /** Another page's address is no list's: while one is read, the list behind it stays as it was. */
  const query = shallowRef(route.query)
  watch(
    () => route.query,
    (now) => {
      if (route.name === 'issues') query.value = now
    },
  )
  const filters = computed(() => filtersOf(query.value))
  const layout = computed<MatterLayout>(() => oneOf(MATTER_LAYOUTS, String(query.value.layout)) || 'list')
  const go = (to: IssueFilterValues, as: MatterLayout) =>
    router.replace({ query: { ...addressOf(to), ...(as !== 'list' && { layout: as }) } })
  const change = (part: Partial<IssueFilterValues>) => go({ ...filters.value, ...part }, layout.value)
  const arrange = (as: MatterLayout) => go(filters.value, as)
  /** The order narrows nothing. */
  const clear = () => go({ ...filtersOf({}), order: filters.value.order }, layout.value)
  const active = computed(() => Object.keys(addressOf({ ...filters.value, order: '' })).length)
  return { filters, layout, change, arrange, clear, active, go }
}
