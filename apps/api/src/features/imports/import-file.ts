import { basename } from 'node:path'
import { newId } from '../../db/new-id.ts'
import type { ImportRecord } from './imports.present.ts'
import { insertImport } from './imports.queries.ts'
import { type ImportDeps, runImport } from './run-import.ts'
import type { ImportOptions } from './survey-table.ts'

export interface ImportFile extends ImportOptions {
  community: string
  path: string
  dryRun: boolean
}

/** Imports a file from where it lies, for the command line. The same file imported again creates nothing twice. */
export async function importFile(
  deps: ImportDeps,
  { community, path, dryRun, ...options }: ImportFile,
  onProgress: (record: ImportRecord) => void,
): Promise<ImportRecord> {
  const at = deps.clock.now()
  const record = await insertImport(deps.db, {
    communityCode: community,
    id: newId(at),
    fileName: basename(path).slice(0, 200),
    dryRun,
    options,
    state: 'waiting',
    requestedAt: at,
  })
  return runImport(deps, record, path, onProgress)
}
