import type { SettingKind } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { FieldChange } from '../../db/schema/setting-changes.ts'

export interface ChangeRow {
  version: number
  at: string
  effectiveFrom: string
  /** When something else was decided; null for the last one. */
  nextAt: string | null
  reason: string | null
  changes: readonly FieldChange[]
  by: string
  nameCipher: string | null
}

const LIST = `
  select c.version, c.at, c.effective_from as "effectiveFrom", c.reason, c.changes, c.by, p.name_cipher as "nameCipher",
    (select n.at from setting_changes n where n.kind = c.kind and n.code = c.code and n.version > c.version
      order by n.version limit 1) as "nextAt"
  from setting_changes c join people p on p.id = c.by
  where c.kind = $1 and c.code = $2 and ($3::int is null or c.version < $3)
  order by c.version desc limit $4`

/** Newest first. */
export const listChanges = (on: Queryable, kind: SettingKind, code: string, before: number | null, limit: number) =>
  prepared<ChangeRow>(on, 'setting_changes', LIST, [kind, code, before, limit])
