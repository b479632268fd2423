import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { householdMembers } from '../../db/schema/households.ts'
import { AppError } from '../../http/errors.ts'
import { renewLevel } from './person-level.ts'
import { addShares, sharesOf } from './shares.ts'

type MemberRow = typeof householdMembers.$inferSelect

const STRENGTH = { tenant: 1, family: 2, owner: 3 } as const
/** As `ownershipShare` in the contract. */
const MOST = 1_000_000n

/** What both own of one home, as one share: as much of it is on record as before. @throws AppError conflict */
const together = (both: readonly MemberRow[]) => {
  const shares = sharesOf(both)
  if (shares.length < 2) return {}
  const { n, d } = addShares(shares)
  if (d > MOST)
    throw new AppError('conflict', {
      reason: 'shares_do_not_add',
      detail: '两条记录在同一住户的产权份额相加后分母过大，请先在住户中改正份额',
    })
  return { shareNumerator: Number(n), shareDenominator: Number(d) }
}

/**
 * One person's homes become another's who is the same. Where both are in a home, the stronger standing stays, of two alike the one bound
 * first; two shares of it are added up.
 * @throws AppError conflict for shares whose sum cannot be on record
 */
export async function moveMemberships(tx: Tx, from: string, to: string): Promise<void> {
  const rows = await tx
    .select()
    .from(householdMembers)
    .where(inArray(householdMembers.personId, [from, to]))
    .orderBy(householdMembers.householdId, householdMembers.personId)
    .for('update')
  const at = ({ householdId, personId }: MemberRow) =>
    and(eq(householdMembers.householdId, householdId), eq(householdMembers.personId, personId))
  for (const own of Map.groupBy(rows, ({ householdId }) => householdId).values()) {
    const [stays, goes] = own.toSorted(
      (a, b) => STRENGTH[b.kind] - STRENGTH[a.kind] || a.boundAt.getTime() - b.boundAt.getTime(),
    )
    if (goes) await tx.delete(householdMembers).where(at(goes))
    if (stays && (goes || stays.personId === from))
      await tx
        .update(householdMembers)
        .set({ personId: to, ...together(own) })
        .where(at(stays))
  }
  await renewLevel(tx, to)
}
