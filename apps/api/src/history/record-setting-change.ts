import type { Tx } from '../db/connect.ts'
import { type FieldChange, settingChanges } from '../db/schema/setting-changes.ts'

/** The fields that differ, in the order of `after`. */
export const changesBetween = (
  before: Readonly<Record<string, FieldChange['from']>>,
  after: Readonly<Record<string, FieldChange['to'] | undefined>>,
): FieldChange[] =>
  Object.entries(after).flatMap(([field, to]) => {
    const from = before[field] ?? null
    return to === undefined || to === from ? [] : [{ field, from, to }]
  })

/** Belongs to the transaction of the change; the caller holds the lock of what is changed. */
export const recordSettingChange = (tx: Tx, change: typeof settingChanges.$inferInsert) =>
  tx.insert(settingChanges).values(change)
