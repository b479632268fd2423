import type { Deps } from '../../deps.ts'

/**
 * What was rewritten at a count still lies in the tables' pages as it lay before, key and order included, until it is swept out. Outside
 * a transaction, as PostgreSQL asks. While an older transaction runs it may stay a little longer; autovacuum comes by as well.
 */
export const sweepBallots = async ({ pool }: Deps): Promise<void> => {
  await pool.query('vacuum secret_ballots, motion_roll, ballot_keys')
}
