import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { isFileInUse } from './attachments.queries.ts'

/**
 * Holds a file's name until the transaction ends. The same picture may be stored for one photo while the last other
 * photo that shows it is deleted: without this the file could go after it was found to be there already.
 */
export const lockFiles = async (tx: Tx, hashes: readonly string[]): Promise<void> => {
  for (const hash of [...new Set(hashes)].sort()) {
    await tx.$client.query('select pg_advisory_xact_lock($1, hashtext($2))', [ADVISORY_LOCKS.storedFile, hash])
  }
}

/** Job: deletes the files that no photo needs any more. */
export const deleteUnusedFiles = async (deps: Deps, { hashes }: { hashes: string[] }): Promise<void> => {
  for (const hash of new Set(hashes)) {
    await inTransaction(deps.pool, async (tx) => {
      await lockFiles(tx, [hash])
      if (!(await isFileInUse(tx, hash))) await deps.storage.delete(hash)
    })
  }
}
