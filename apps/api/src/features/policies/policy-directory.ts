import { DEFAULT_POLICY, type Policy, type PolicyKey, type Span, type WorkCalendar } from '@tongxin/lifecycle'
import { asc, isNotNull, or } from 'drizzle-orm'
import type { Announcements } from '../../db/announcements.ts'
import type { Db } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import { type DayKey, policies } from '../../db/schema/policies.ts'
import type { RegionDirectory } from '../regions/index.ts'
import { readServiceHours, type ServiceHoursOf } from './service-hours.ts'

export const POLICIES_CHANGED = 'policies_changed'

export interface PolicySetting {
  regionCode: string
  key: PolicyKey | DayKey
  version: number
  value: number
  effectiveFrom: Date
  reason: string
}

const DAY_KEY = 'day:'
export const isDay = (key: string): key is DayKey => key.startsWith(DAY_KEY)
export const dayKey = (day: string): DayKey => `${DAY_KEY}${day}`

/** What a region says of a day, as the value of its setting: that it rests, works, or is again as the State arranged it. */
export const DAY_VALUES = { rests: 0, works: 1, as_arranged: 2 } as const

/** The settings of every region, oldest date of effect first. */
export type PolicySettings = ReadonlyMap<string, readonly PolicySetting[]>

/** The days a region says something of, over the calendar everybody has. */
const withDays = (calendar: WorkCalendar, days: ReadonlyMap<string, number>): WorkCalendar => ({
  isHoliday: (day) => {
    const own = days.get(day)
    if (own === undefined || own === DAY_VALUES.as_arranged) return calendar.isHoliday?.(day) === true
    return own === DAY_VALUES.rests
  },
  isWorkday: (day) => {
    const own = days.get(day)
    return own === undefined || own === DAY_VALUES.as_arranged ? calendar.isWorkday(day) : own === DAY_VALUES.works
  },
})

type CategoryLimits = NonNullable<Policy['categoryLimit']>

const readCategoryLimits = async (db: Db): Promise<CategoryLimits> => {
  const rows = await db
    .select({
      code: categories.code,
      workingDays: categories.handleLimitWorkingDays,
      hours: categories.handleLimitHours,
    })
    .from(categories)
    .where(or(isNotNull(categories.handleLimitWorkingDays), isNotNull(categories.handleLimitHours)))
  const limits = new Map<string, Span>(
    rows.flatMap(({ code, workingDays, hours }): [string, Span][] => {
      if (workingDays !== null) return [[code, { workingDays }]]
      return hours === null ? [] : [[code, { calendarHours: hours }]]
    }),
  )
  return (code) => limits.get(code) ?? null
}

/** The rules of each region at any moment, from memory, read again when a commit changed one. */
export class PolicyDirectory {
  readonly #db: Db
  readonly #announcements: Announcements
  readonly #regions: RegionDirectory
  readonly #defaults: Policy
  #settings: Promise<PolicySettings> | null = null
  #categories: Promise<CategoryLimits> | null = null
  #hours: Promise<ServiceHoursOf> | null = null

  constructor(db: Db, announcements: Announcements, regions: RegionDirectory, calendar?: WorkCalendar) {
    this.#db = db
    this.#announcements = announcements
    this.#regions = regions
    this.#defaults = calendar ? { ...DEFAULT_POLICY, calendar } : DEFAULT_POLICY
    announcements.on(POLICIES_CHANGED, () => this.forget())
  }

  /** Call after a commit that set a policy: this process knows at once. */
  forget(): void {
    this.#settings = null
    this.#categories = null
    this.#hours = null
  }

  /**
   * What holds in the region at `at`: each rule from the nearest region upwards that set it, else its default. Also
   * takes the `community_code` of a street's own records (its code and `000`).
   */
  async policyFor(regionCode: string, at: Date): Promise<Policy> {
    const settings = await this.settings()
    const tree = await this.#regions.tree()
    const policy = { ...this.#defaults, categoryLimit: await this.#limits(), serviceHours: await this.#serviceHours() }
    const days = new Map<string, number>()
    const upwards = [...tree.upwards(tree.get(regionCode) ? regionCode : regionCode.replace(/000$/, ''))]
    for (const { code } of upwards.reverse()) {
      for (const { key, value, effectiveFrom } of settings.get(code) ?? []) {
        if (effectiveFrom > at) continue
        if (isDay(key)) days.set(key.slice(DAY_KEY.length), value)
        else policy[key] = value
      }
    }
    return days.size === 0 ? policy : { ...policy, calendar: withDays(policy.calendar, days) }
  }

  /** The handling limits that categories have of their own. */
  async #limits(): Promise<CategoryLimits> {
    if (this.#categories && this.#announcements.standing) return this.#categories
    const reading = readCategoryLimits(this.#db)
    this.#categories = reading
    reading.catch(() => {
      if (this.#categories === reading) this.#categories = null
    })
    return reading
  }

  async #serviceHours(): Promise<ServiceHoursOf> {
    if (this.#hours && this.#announcements.standing) return this.#hours
    const reading = readServiceHours(this.#db)
    this.#hours = reading
    reading.catch(() => {
      if (this.#hours === reading) this.#hours = null
    })
    return reading
  }

  async settings(): Promise<PolicySettings> {
    if (this.#settings && this.#announcements.standing) return this.#settings
    const reading = this.#read()
    this.#settings = reading
    reading.catch(() => {
      if (this.#settings === reading) this.#settings = null
    })
    return reading
  }

  async #read(): Promise<PolicySettings> {
    const rows = await this.#db
      .select({
        regionCode: policies.regionCode,
        key: policies.key,
        version: policies.version,
        value: policies.value,
        effectiveFrom: policies.effectiveFrom,
        reason: policies.reason,
      })
      .from(policies)
      .orderBy(asc(policies.effectiveFrom), asc(policies.version))
    return Map.groupBy(rows, (row) => row.regionCode)
  }
}
