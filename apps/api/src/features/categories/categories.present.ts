import type { Category } from '@tongxin/contract'
import type { categories } from '../../db/schema/categories.ts'

export const presentCategory = (row: typeof categories.$inferSelect): Category => ({
  ...row,
  changesAt: row.changesAt?.toISOString() ?? null,
})
