import { inArray } from 'drizzle-orm'
import type { Queryable } from '../db/connect.ts'
import { accounts } from '../db/schema/index.ts'
import type { Deps } from '../deps.ts'
import { countMatters } from '../features/statistics/index.ts'
import { seedDirectory } from './directory.ts'
import { DEMO_PEOPLE } from './people.ts'
import { seedRecords } from './records.ts'

export interface DemoAccount {
  username: string
  /** What the account is for, in Chinese. */
  title: string
}

/** One per role under the role's code, more residents, and those a separation of duties needs. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = DEMO_PEOPLE.map(({ username, title }) => ({ username, title }))

/** Those of the demo accounts that exist in this database. */
export async function findDemoAccounts(db: Queryable): Promise<DemoAccount[]> {
  const names = DEMO_ACCOUNTS.map((account) => account.username)
  const rows = await db.select({ username: accounts.username }).from(accounts).where(inArray(accounts.username, names))
  const found = new Set(rows.map((row) => row.username))
  return DEMO_ACCOUNTS.filter((account) => found.has(account.username))
}

const YEAR_MS = 365 * 86_400_000

/** Fills the demo community at the first start; at later ones brings the accounts' password up to date. */
export async function seedDemo(deps: Deps): Promise<void> {
  const { demoPassword } = deps.config
  if (demoPassword === null) return
  // Everybody holds their post since before the first matter.
  const before = new Date(deps.clock.now().getTime() - YEAR_MS)
  await seedRecords(deps, await seedDirectory({ ...deps, clock: { now: () => before } }, demoPassword))
  await countMatters(deps)
}
