import { buffer } from 'node:stream/consumers'
import type { Deps } from '../../deps.ts'
import { DecryptionError } from '../../personal-data/cipher.ts'
import { LOST, removeFile } from './discard-file.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, findImport, type ImportKey } from './imports.queries.ts'
import { fileContext } from './kept-file.ts'
import { runImport } from './run-import.ts'
import { onDisk } from './start-import.ts'

/** The job behind an uploaded file. Run again after a crash, it takes up where the last committed batch ended. */
export async function runImportJob(deps: Deps, key: ImportKey): Promise<void> {
  const record = await findImport(deps.db, key)
  if (!record) return
  const ended = record.state === 'finished' || record.state === 'failed' ? record : await run(deps, record)
  if (ended.keptUntil === null) await removeFile(deps.db, deps, ended)
}

async function run(deps: Deps, record: ImportRecord): Promise<ImportRecord> {
  const content = await open(deps, record)
  if (content) return onDisk(content, (path) => runImport(deps, record, path))
  return changeImport(deps.db, record, { ...LOST, keptUntil: null, finishedAt: deps.clock.now() })
}

/** Null where it is not there, or cannot be opened: torn, or sealed with a key that is gone. */
async function open({ storage, cipher }: Deps, record: ImportRecord): Promise<Buffer | null> {
  const file = record.storedAs && (await storage.open(record.storedAs))
  if (!file) return null
  try {
    return cipher.decryptFile(await buffer(file.stream), fileContext(record))
  } catch (error) {
    if (error instanceof DecryptionError) return null
    throw error
  }
}
