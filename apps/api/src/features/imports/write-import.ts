import type { Tx } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, dropRows } from './imports.queries.ts'
import { enqueueImport } from './start-import.ts'

/**
 * Takes for good the file that was checked. Asked for again it only says how far that is.
 * @param checked locked
 * @throws AppError conflict while it is being checked; import_not_kept when the file is gone
 */
export async function writeImport(tx: Tx, checked: ImportRecord, now: Date): Promise<ImportRecord> {
  if (!checked.dryRun) return checked
  if (checked.state === 'waiting' || checked.state === 'running') throw new AppError('conflict')
  if (checked.keptUntil === null || checked.keptUntil <= now) throw new AppError('import_not_kept')
  await dropRows(tx, checked)
  await enqueueImport(tx, checked)
  return changeImport(tx, checked, {
    dryRun: false,
    state: 'waiting',
    keptUntil: null,
    totalRows: null,
    lastRow: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    startedAt: null,
    finishedAt: null,
  })
}
