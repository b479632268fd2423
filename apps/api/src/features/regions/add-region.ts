import type { newRegion } from '@tongxin/contract'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { regions } from '../../db/schema/regions.ts'
import { recordSettingChange } from '../../history/record-setting-change.ts'
import { REGIONS_CHANGED } from './region-directory.ts'
import { levelOf } from './regions.policy.ts'

export async function addRegion(
  tx: Tx,
  region: z.infer<typeof newRegion>,
  today: string,
  { by, at }: { by: string; at: Date },
) {
  const [added] = await tx
    .insert(regions)
    .values({
      code: region.code,
      level: levelOf(region.code),
      name: region.name,
      parentCode: region.parentCode,
      validFrom: region.validFrom ?? today,
      geojson: region.geometry ?? null,
    })
    .returning()
  const { code, version } = added!
  await recordSettingChange(tx, { kind: 'region', code, version, at, by, effectiveFrom: at, changes: [] })
  await announce(tx, REGIONS_CHANGED)
  return added!
}
