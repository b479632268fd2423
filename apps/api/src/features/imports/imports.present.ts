import type { ImportRowView, ImportView } from '@tongxin/contract'
import type { importRows, imports } from '../../db/schema/imports.ts'

export type ImportRecord = typeof imports.$inferSelect
export type ImportRowRecord = typeof importRows.$inferSelect

export interface ImportReader {
  personId: string
  now: Date
}

/** The checked file is for whoever checked it: what it says of people was theirs to bring in. */
export const isKeptFor = (row: ImportRecord, { personId, now }: ImportReader): boolean =>
  row.keptUntil !== null && row.keptUntil > now && row.requestedBy === personId

export const presentImport = (row: ImportRecord, reader: ImportReader): ImportView => ({
  id: `${row.communityCode}-${row.id}`,
  community: row.communityCode,
  fileName: row.fileName,
  dryRun: row.dryRun,
  state: row.state,
  preset: row.preset,
  source: row.source,
  sheet: row.sheet,
  unusedColumns: row.unusedColumns,
  unreadSheets: row.unreadSheets,
  totalRows: row.totalRows,
  doneRows: row.created + row.updated + row.unchanged + row.rejected,
  created: row.created,
  updated: row.updated,
  unchanged: row.unchanged,
  rejected: row.rejected,
  error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
  requestedAt: row.requestedAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  keptUntil: row.keptUntil && row.keptUntil > reader.now ? row.keptUntil.toISOString() : null,
  mayWrite: isKeptFor(row, reader),
})

export const presentImportRow = (row: ImportRowRecord): ImportRowView => ({
  rowNumber: row.rowNumber,
  outcome: row.outcome,
  externalId: row.externalId,
  issueId: row.issueId && `${row.communityCode}-${row.issueId}`,
  code: row.code,
  reason: row.reason,
})
