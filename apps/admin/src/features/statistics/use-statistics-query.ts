import type { Breakdown, MeasureCode } from '@tongxin/contract'
import { date, serverNow } from '@tongxin/web'
import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { useOffices } from '../sessions/index.ts'

export const GROUPED_BY = ['region', 'unit', 'category'] as const satisfies readonly Breakdown[]

/** What is told, as it stands in the page's address. */
export interface StatisticsAddress {
  region: string
  from: string
  to: string
  unit: string
  category: string
  by: (typeof GROUPED_BY)[number]
  /** Lengths of time from every single matter, not from their roll-up. */
  exact: '1' | ''
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export const monthAfter = (month: string, by: number): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by)).toISOString().slice(0, 7)

/** An address somebody typed or kept may hold anything: what does not fit is left out. */
const addressOf = (query: LocationQuery, region: string, now: Date): StatisticsAddress => {
  const say = (name: string, pattern: RegExp, otherwise: string): string => {
    const value = query[name]
    return typeof value === 'string' && pattern.test(value) ? value : otherwise
  }
  const month = date(now).slice(0, 7)
  const to = say('to', MONTH, month)
  return {
    region: say('region', /^\d{6,15}$/, region),
    from: say('from', MONTH, monthAfter(to, -11)),
    to,
    unit: say('unit', /^([0-9a-f-]{36}|none)$/, ''),
    category: say('category', /^(\d{6}|none)$/, ''),
    exact: say('exact', /^1$/, '') as StatisticsAddress['exact'],
    by: say('by', /^(region|unit|category)$/, 'region') as StatisticsAddress['by'],
  }
}

/** The page's address as what is asked of the API; the widest region one watches over where none is named. */
export function useStatisticsQuery() {
  const route = useRoute()
  const router = useRouter()
  const { offices, widest } = useOffices(() => 'statistics.read')
  /** A grid worker goes into their own grids; of the community they read the whole, and grid beside grid. */
  const mayEnter = (region: string) => offices.value.some((code) => code.length < 15) || offices.value.includes(region)
  const address = computed((): StatisticsAddress => {
    const asked = addressOf(route.query, widest.value, serverNow())
    return mayEnter(asked.region) ? asked : { ...asked, unit: '', category: '', by: 'region' }
  })
  const change = (part: Partial<StatisticsAddress>) => {
    const next = { ...route.query, ...part }
    return router.push({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) })
  }
  const request = computed(() => {
    const { region, from, to, unit, category } = address.value
    return { region, from, to, ...(unit && { unit }), ...(category && { category }) }
  })
  const community = computed(() => (address.value.region.length >= 12 ? address.value.region.slice(0, 12) : null))
  /** Where the matters behind a figure are listed; above a community they are not, the way there leads down. */
  const behind = (measure: MeasureCode, more: Record<string, string> = {}) => {
    if (community.value === null) return null
    const { region, from, to, unit, category } = address.value
    const narrowed = {
      ...(region.length === 15 && { grid: region }),
      ...(unit && { unit }),
      ...(category && { category }),
    }
    return { name: 'measured', query: { community: community.value, measure, from, to, ...narrowed, ...more } }
  }
  return { address, change, request, community, widest, mayEnter, behind }
}
