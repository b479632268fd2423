import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { householdMembers } from '../../db/schema/households.ts'
import { renewLevel } from './person-level.ts'

const STRENGTH = { tenant: 1, family: 2, owner: 3 } as const

/** One person's homes become another's who is the same; where both are in a home, the stronger standing stays, of two alike `to`'s own. */
export async function moveMemberships(tx: Tx, from: string, to: string, communityCode?: string): Promise<void> {
  const rows = await tx
    .select()
    .from(householdMembers)
    .where(inArray(householdMembers.personId, [from, to]))
  const own = new Map(rows.filter(({ personId }) => personId === to).map((row) => [row.householdId, row]))
  for (const row of rows) {
    if (row.personId === to) continue
    const at = (personId: string) =>
      and(eq(householdMembers.householdId, row.householdId), eq(householdMembers.personId, personId))
    const mine = own.get(row.householdId)
    if (mine && STRENGTH[mine.kind] >= STRENGTH[row.kind]) {
      await tx.delete(householdMembers).where(at(from))
      continue
    }
    if (mine) await tx.delete(householdMembers).where(at(to))
    await tx.update(householdMembers).set({ personId: to }).where(at(from))
  }
  await renewLevel(tx, to, communityCode)
}
