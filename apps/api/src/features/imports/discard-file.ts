import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, listOutlasted } from './imports.queries.ts'

/**
 * Takes the checked file out of the store; what was found in it stays on record.
 * @param checked locked
 * @throws AppError import_not_kept when it is gone already, or was written
 */
export async function discardFile(tx: Tx, deps: Deps, checked: ImportRecord): Promise<ImportRecord> {
  if (checked.keptUntil === null) throw new AppError('import_not_kept')
  return removeFile(tx, deps, checked)
}

/** First the file: interrupted in between it is removed again, and never left behind without a row that names it. */
export async function removeFile(on: Tx | Deps['db'], deps: Deps, record: ImportRecord): Promise<ImportRecord> {
  if (record.storedAs !== null) await deps.storage.delete(record.storedAs)
  return changeImport(on, record, { storedAs: null, keptUntil: null })
}

/** Removes the checked files whose time is over. */
export async function purgeImportFiles(deps: Deps, _payload: Record<string, never>): Promise<void> {
  for (const record of await listOutlasted(deps.db, deps.clock.now())) await removeFile(deps.db, deps, record)
}
