import type { regionChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'
import { changesBetween, recordSettingChange } from '../../history/record-setting-change.ts'
import { AppError } from '../../http/errors.ts'
import { REGIONS_CHANGED } from './region-directory.ts'
import { lockRegion } from './regions.queries.ts'

interface ChangeRegion {
  code: string
  seenVersion: number
  change: z.infer<typeof regionChange>
  by: string
  at: Date
}

/** An outline is long, and looked at on the map: of the one before only its size is kept. */
const pointsOf = (geometry: { coordinates: unknown } | null): number | null => {
  if (geometry === null) return null
  const count = (at: unknown): number =>
    Array.isArray(at) ? (typeof at[0] === 'number' ? 1 : at.reduce((sum: number, part) => sum + count(part), 0)) : 0
  return count(geometry.coordinates)
}

/** @throws AppError not_found, stale_version */
export async function changeRegion(tx: Tx, { code, seenVersion, change, by, at }: ChangeRegion) {
  const region = await lockRegion(tx, code)
  if (!region) throw new AppError('not_found')
  if (region.version !== seenVersion) throw new AppError('stale_version')
  const { geometry, ...columns } = change
  const { name, parentCode, validTo } = region
  const changes = [
    ...changesBetween({ name, parentCode, validTo }, columns),
    // Another outline may have as many points.
    ...(geometry === undefined ? [] : [{ field: 'geometry', from: pointsOf(region.geojson), to: pointsOf(geometry) }]),
  ]
  if (changes.length === 0) return region
  const [changed] = await tx
    .update(regions)
    .set({ ...columns, ...(geometry !== undefined && { geojson: geometry }), version: sql`${regions.version} + 1` })
    .where(eq(regions.code, code))
    .returning()
  const { version } = changed!
  await recordSettingChange(tx, { kind: 'region', code, version, at, by, effectiveFrom: at, changes })
  await announce(tx, REGIONS_CHANGED)
  return changed!
}
