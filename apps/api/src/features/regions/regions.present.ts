import type { Region } from '@tongxin/contract'
import type { regions } from '../../db/schema/regions.ts'

export const presentRegion = (row: typeof regions.$inferSelect, withGeometry = true): Region => ({
  code: row.code,
  level: row.level,
  name: row.name,
  parentCode: row.parentCode,
  validFrom: row.validFrom,
  validTo: row.validTo,
  geometry: withGeometry ? (row.geojson as Region['geometry']) : null,
  version: row.version,
})
