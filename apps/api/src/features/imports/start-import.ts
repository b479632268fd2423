import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportField } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { UploadedFile } from '../../http/upload.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, type ImportKey, insertImport } from './imports.queries.ts'
import { fileContext } from './kept-file.ts'
import { isUnreadable, surveyTable } from './survey-table.ts'

export interface StartImport {
  community: string
  file: UploadedFile
  dryRun: boolean
  map?: Partial<Record<ImportField, string>>
  sheet?: string
  source?: string
  personId: string
}

/**
 * Keeps the file, encrypted, and leaves the rows to a job.
 * @throws AppError unprocessable when the file is no table or lacks the needed columns
 */
export async function startImport(tx: Tx, deps: Deps, command: StartImport): Promise<ImportRecord> {
  const { community, file, dryRun, map, sheet, source } = command
  const options = { map, sheet, source }
  const survey = await onDisk(file.bytes, (path) => surveyTable(path, options)).catch((error) => {
    if (isUnreadable(error)) throw new AppError('unprocessable', { reason: error.code, detail: error.message })
    throw error
  })
  const at = deps.clock.now()
  const key = { communityCode: community, id: newId(at) }
  const { columns: _, ...found } = survey
  await insertImport(tx, {
    ...found,
    ...key,
    fileName: file.name.slice(0, 200),
    dryRun,
    options,
    state: 'waiting',
    requestedBy: command.personId,
    requestedAt: at,
  })
  await enqueueImport(tx, key)
  // Last: what fails before leaves nothing in the store that no row names.
  const { hash } = await deps.storage.put(deps.cipher.encryptFile(file.bytes, fileContext(key)))
  return changeImport(tx, key, { storedAs: hash })
}

/** Imports of one community run one after another. */
export const enqueueImport = (tx: Tx, { communityCode, id }: ImportKey) =>
  enqueue(tx, 'run_import', { communityCode, id }, { queue: `import:${communityCode}` })

/** Tables are read from a file: a zip's directory stands at its end. */
export const onDisk = async <T>(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  work: (path: string) => Promise<T>,
) => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxin-import-'))
  try {
    const path = join(folder, 'table')
    await writeFile(path, content, { mode: 0o600 })
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
