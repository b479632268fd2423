import { DEFAULT_POLICY, type Policy, type PolicyKey, type WorkCalendar } from '@tongxin/lifecycle'
import { asc } from 'drizzle-orm'
import type { Announcements } from '../../db/announcements.ts'
import type { Db } from '../../db/connect.ts'
import { policies } from '../../db/schema/policies.ts'
import type { RegionDirectory } from '../regions/index.ts'

export const POLICIES_CHANGED = 'policies_changed'

export interface PolicySetting {
  regionCode: string
  key: PolicyKey
  version: number
  value: number
  effectiveFrom: Date
}

/** The settings of every region, oldest date of effect first. */
export type PolicySettings = ReadonlyMap<string, readonly PolicySetting[]>

/** The rules of each region at any moment, from memory, read again when a commit changed one. */
export class PolicyDirectory {
  readonly #db: Db
  readonly #announcements: Announcements
  readonly #regions: RegionDirectory
  readonly #defaults: Policy
  #settings: Promise<PolicySettings> | null = null

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
  }

  /**
   * What holds in the region at `at`: each rule from the nearest region upwards that set it, else its default. Also
   * takes the `community_code` of a street's own records (its code and `000`).
   */
  async policyFor(regionCode: string, at: Date): Promise<Policy> {
    const settings = await this.settings()
    if (settings.size === 0) return this.#defaults
    const tree = await this.#regions.tree()
    const policy = { ...this.#defaults }
    const upwards = [...tree.upwards(tree.get(regionCode) ? regionCode : regionCode.replace(/000$/, ''))]
    for (const { code } of upwards.reverse()) {
      for (const { key, value, effectiveFrom } of settings.get(code) ?? []) {
        if (effectiveFrom <= at) policy[key] = value
      }
    }
    return policy
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
      })
      .from(policies)
      .orderBy(asc(policies.effectiveFrom), asc(policies.version))
    return Map.groupBy(rows, (row) => row.regionCode)
  }
}
