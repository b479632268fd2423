import type { WorkCalendar } from '@tongxin/lifecycle'
import type pg from 'pg'
import type { Announcements } from './db/announcements.ts'
import { connect } from './db/connect.ts'
import { PolicyDirectory } from './features/policies/policy-directory.ts'
import { RegionDirectory } from './features/regions/region-directory.ts'

/**
 * What every request and job asks of the directory, kept in memory and told of changes. One per process. It reads on connections of its
 * own: it is asked from within transactions, which would wait for ever if they held all the others.
 */
export class Directory {
  readonly regions: RegionDirectory
  readonly policies: PolicyDirectory
  readonly #pool: pg.Pool

  constructor({
    pool,
    announcements,
    calendar,
  }: { pool: pg.Pool; announcements: Announcements; calendar?: WorkCalendar }) {
    const db = connect(pool)
    this.#pool = pool
    this.regions = new RegionDirectory(db, announcements)
    this.policies = new PolicyDirectory(db, announcements, this.regions, calendar)
  }

  close(): Promise<void> {
    return this.#pool.end()
  }
}
