import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { auditRecords } from '../../db/schema/people.ts'

export interface Audit {
  at: Date
  personId: string
  /** e.g. `reveal_person`, `export_issues`. */
  action: string
  subjectType: string
  subjectId: string
  purpose: string
  /** Whose secretary and supervisors may read the record. */
  regionCode: string
  /** Facts about the access, never the personal data itself. */
  details?: Record<string, unknown>
}

/** Belongs to the transaction that shows the data: no data without its record. Kept at least 6 months. @returns its id */
export async function recordAudit(tx: Tx, audit: Audit): Promise<string> {
  const id = newId(audit.at)
  await tx.insert(auditRecords).values({ ...audit, id })
  return id
}
