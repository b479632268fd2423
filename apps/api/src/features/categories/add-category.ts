import type { newCategory } from '@tongxin/contract'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import { recordSettingChange } from '../../history/record-setting-change.ts'
import { POLICIES_CHANGED } from '../policies/index.ts'

/** @throws the constraint `categories_pkey` when the code is in use */
export async function addCategory(tx: Tx, category: z.infer<typeof newCategory>, { by, at }: { by: string; at: Date }) {
  const [added] = await tx
    .insert(categories)
    .values({ ...category, kind: 'local', provenance: 'added here' })
    .returning()
  const { code, version } = added!
  await recordSettingChange(tx, { kind: 'category', code, version, at, by, effectiveFrom: at, changes: [] })
  // Every process reads the limits of categories together with the rules.
  await announce(tx, POLICIES_CHANGED, '')
  return added!
}
