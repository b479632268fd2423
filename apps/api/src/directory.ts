import type { WorkCalendar } from '@tongxin/lifecycle'
import type { Announcements } from './db/announcements.ts'
import type { Db } from './db/connect.ts'
import { PolicyDirectory } from './features/policies/policy-directory.ts'
import { RegionDirectory } from './features/regions/region-directory.ts'

/** What every request and job asks of the directory, kept in memory and told of changes. One per process. */
export class Directory {
  readonly regions: RegionDirectory
  readonly policies: PolicyDirectory

  constructor(settings: { db: Db; announcements: Announcements; calendar?: WorkCalendar }) {
    this.regions = new RegionDirectory(settings.db, settings.announcements)
    this.policies = new PolicyDirectory(settings.db, settings.announcements, this.regions, settings.calendar)
  }
}
