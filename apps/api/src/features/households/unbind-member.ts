import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { householdMembers } from '../../db/schema/households.ts'
import { AppError } from '../../http/errors.ts'
import { renewLevel } from './person-level.ts'

/** @throws AppError not_found when the person is no member */
export async function unbindMember(tx: Tx, householdId: string, personId: string): Promise<void> {
  const removed = await tx
    .delete(householdMembers)
    .where(and(eq(householdMembers.householdId, householdId), eq(householdMembers.personId, personId)))
    .returning({ id: householdMembers.personId })
  if (removed.length === 0) throw new AppError('not_found')
  await renewLevel(tx, personId)
}
