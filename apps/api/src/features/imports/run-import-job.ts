import { buffer } from 'node:stream/consumers'
import type { Deps } from '../../deps.ts'
import { removeFile } from './discard-file.ts'
import { changeImport, findImport, type ImportKey } from './imports.queries.ts'
import { fileContext } from './kept-file.ts'
import { runImport } from './run-import.ts'
import { onDisk } from './start-import.ts'

/** The job behind an uploaded file. Run again after a crash, it takes up where the last committed batch ended. */
export async function runImportJob(deps: Deps, key: ImportKey): Promise<void> {
  const record = await findImport(deps.db, key)
  if (!record?.storedAs) return
  const file = await deps.storage.open(record.storedAs)
  if (!file) {
    const lost = { errorCode: 'file_lost', errorMessage: '上传的文件已不在，请重新上传' }
    await changeImport(deps.db, key, { ...lost, state: 'failed', storedAs: null, finishedAt: deps.clock.now() })
    return
  }
  const content = deps.cipher.decryptFile(await buffer(file.stream), fileContext(key))
  const ended = await onDisk(content, (path) => runImport(deps, key, path))
  if (ended.keptUntil === null) await removeFile(deps.db, deps, ended)
}
