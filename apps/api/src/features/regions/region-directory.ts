import type { Announcements } from '../../db/announcements.ts'
import type { Db } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'
import { RegionTree } from './region-tree.ts'

export const REGIONS_CHANGED = 'regions_changed'

/** The region tree from memory, read again when a commit changed it. */
export class RegionDirectory {
  readonly #db: Db
  readonly #announcements: Announcements
  #tree: Promise<RegionTree> | null = null

  constructor(db: Db, announcements: Announcements) {
    this.#db = db
    this.#announcements = announcements
    announcements.on(REGIONS_CHANGED, () => this.forget())
  }

  /** Call after a commit that changed regions: this process knows at once. */
  forget(): void {
    this.#tree = null
  }

  async tree(): Promise<RegionTree> {
    if (this.#tree && this.#announcements.standing) return this.#tree
    const reading = this.#read()
    this.#tree = reading
    // A failed reading is nobody's answer but the one who asked for it.
    reading.catch(() => {
      if (this.#tree === reading) this.#tree = null
    })
    return reading
  }

  async #read(): Promise<RegionTree> {
    const rows = await this.#db
      .select({
        code: regions.code,
        level: regions.level,
        name: regions.name,
        parentCode: regions.parentCode,
        validFrom: regions.validFrom,
        validTo: regions.validTo,
      })
      .from(regions)
    return new RegionTree(rows)
  }
}
