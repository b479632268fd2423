import type { regionChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'
import { AppError } from '../../http/errors.ts'
import { REGIONS_CHANGED } from './region-directory.ts'
import { lockRegion } from './regions.queries.ts'

/** @throws AppError not_found, stale_version */
export async function changeRegion(tx: Tx, code: string, version: number, change: z.infer<typeof regionChange>) {
  const region = await lockRegion(tx, code)
  if (!region) throw new AppError('not_found')
  if (region.version !== version) throw new AppError('stale_version')
  const { geometry, ...columns } = change
  const [changed] = await tx
    .update(regions)
    .set({ ...columns, ...(geometry !== undefined && { geojson: geometry }), version: sql`${regions.version} + 1` })
    .where(eq(regions.code, code))
    .returning()
  await announce(tx, REGIONS_CHANGED)
  return changed!
}
