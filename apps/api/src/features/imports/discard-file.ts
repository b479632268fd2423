import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, isOutlasted, listOutlasted, lockImport } from './imports.queries.ts'

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

/** What became of an import whose file is no longer there, or cannot be opened. */
export const LOST = {
  state: 'failed',
  errorCode: 'file_lost',
  errorMessage: '上传的文件已不在，请重新上传',
} as const

/** Removes the checked files whose time is over, and those of imports that no job came to an end with. */
export async function purgeImportFiles(deps: Deps, _payload: Record<string, never>): Promise<void> {
  const now = deps.clock.now()
  for (const key of await listOutlasted(deps.db, now)) {
    await inTransaction(deps.pool, async (tx) => {
      const record = await lockImport(tx, key)
      // Meanwhile it may have been taken for good.
      if (!record || !isOutlasted(record, now)) return
      await removeFile(tx, deps, record)
      if (record.keptUntil === null) await changeImport(tx, record, { ...LOST, finishedAt: now })
    })
  }
}
