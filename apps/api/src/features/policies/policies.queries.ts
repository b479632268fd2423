import type { PolicyKey } from '@tongxin/lifecycle'
import { and, asc, desc, eq, lt } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { people } from '../../db/schema/people.ts'
import { type DayKey, policies } from '../../db/schema/policies.ts'
import { regions } from '../../db/schema/regions.ts'
import type { PolicySettings } from './policy-directory.ts'

/** One setting at a time per region: the region's row is the lock. */
export const lockPolicyRegion = (tx: Tx, regionCode: string) =>
  tx.select({ code: regions.code }).from(regions).where(eq(regions.code, regionCode)).for('no key update')

export const findLatestVersion = async (
  on: Queryable,
  regionCode: string,
  key: PolicyKey | DayKey,
): Promise<number> => {
  const [latest] = await on
    .select({ version: policies.version })
    .from(policies)
    .where(and(eq(policies.regionCode, regionCode), eq(policies.key, key)))
    .orderBy(desc(policies.version))
    .limit(1)
  return latest?.version ?? 0
}

/** Newest first. */
export const listVersions = (
  on: Queryable,
  filter: { regionCode: string; key: PolicyKey; before: number | undefined; limit: number },
) =>
  on
    .select({
      setting: policies,
      setter: { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher },
    })
    .from(policies)
    .innerJoin(people, eq(people.id, policies.setBy))
    .where(
      and(
        eq(policies.regionCode, filter.regionCode),
        eq(policies.key, filter.key),
        filter.before === undefined ? undefined : lt(policies.version, filter.before),
      ),
    )
    .orderBy(desc(policies.version))
    .limit(filter.limit)

/** As this transaction sees it, its own setting included. */
export const readSettings = async (on: Queryable): Promise<PolicySettings> =>
  Map.groupBy(
    await on.select().from(policies).orderBy(asc(policies.effectiveFrom), asc(policies.version)),
    (row) => row.regionCode,
  )
