import { eq, inArray } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'

export const findRegion = async (on: Queryable, code: string) =>
  (await on.select().from(regions).where(eq(regions.code, code)))[0]

export const lockRegion = async (tx: Tx, code: string) =>
  (await tx.select().from(regions).where(eq(regions.code, code)).for('update'))[0]

/** In code order. */
export const listRegions = (on: Queryable, codes: string[]) =>
  codes.length === 0 ? [] : on.select().from(regions).where(inArray(regions.code, codes)).orderBy(regions.code)
