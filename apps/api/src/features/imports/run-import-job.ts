import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { changeImport, findImport, type ImportKey, isFileWanted, lockFile } from './imports.queries.ts'
import { runImport } from './run-import.ts'
import { onDisk } from './start-import.ts'

/** The job behind an uploaded file. Run again after a crash, it takes up where the last committed batch ended. */
export async function runImportJob(deps: Deps, key: ImportKey): Promise<void> {
  const record = await findImport(deps.db, key)
  if (!record?.stored) return
  const file = await deps.storage.open(record.fileHash)
  if (!file) {
    const lost = { errorCode: 'file_lost', errorMessage: '上传的文件已不在，请重新上传' }
    await changeImport(deps.db, key, { ...lost, state: 'failed', stored: false, finishedAt: deps.clock.now() })
    return
  }
  await onDisk(file.stream, (path) => runImport(deps, key, path))
  await inTransaction(deps.pool, async (tx) => {
    await lockFile(tx, record.fileHash)
    await changeImport(tx, key, { stored: false })
    if (!(await isFileWanted(tx, record.fileHash))) await deps.storage.delete(record.fileHash)
  })
}
