import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { householdMembers } from '../../db/schema/households.ts'
import { people } from '../../db/schema/people.ts'

/** What somebody's households make of them; without any, what their number does. A community comes with the first one. */
export async function renewLevel(tx: Tx, personId: string, communityCode?: string): Promise<void> {
  const kinds = await tx
    .select({ kind: householdMembers.kind })
    .from(householdMembers)
    .where(eq(householdMembers.personId, personId))
  const level = kinds.some((row) => row.kind === 'owner')
    ? sql`'owner'`
    : kinds.length > 0
      ? sql`'resident'`
      : sql`case when ${people.phoneHash} is null then 'guest' else 'phone' end`
  await tx
    .update(people)
    .set({
      level,
      regionCode: communityCode === undefined ? undefined : sql`coalesce(${people.regionCode}, ${communityCode})`,
      version: sql`${people.version} + 1`,
    })
    .where(eq(people.id, personId))
}
