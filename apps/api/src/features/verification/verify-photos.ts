import { createHash } from 'node:crypto'
import { subjectName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import type { Storage } from '../../storage/storage.ts'
import { fail } from './mismatch.ts'
import { findUnboundPhotos, streamPhotos } from './verification.queries.ts'

const hashOf = async (storage: Storage, name: string): Promise<string | null> => {
  const file = await storage.open(name)
  if (!file) return null
  const hash = createHash('sha256')
  for await (const chunk of file.stream) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

/**
 * Every photo of the record: named by its event, and its file still what was uploaded. Erased ones have no file any more.
 * @throws MismatchError
 */
export const verifyPhotos = async (tx: Tx, storage: Storage): Promise<{ photos: number }> => {
  let photos = 0
  for await (const photo of streamPhotos(tx)) {
    const subject = subjectName(photo.subjectType, photo.communityCode, photo.subjectId)
    if (!photo.recorded) fail(subject, photo.subjectSeq, 'photo_not_recorded', null, photo.contentHash)
    photos++
    if (photo.erased) continue
    const found = await hashOf(storage, photo.contentHash)
    if (found !== photo.contentHash)
      fail(subject, photo.subjectSeq, found === null ? 'photo_missing' : 'photo_altered', photo.contentHash, found)
  }
  const lost = await findUnboundPhotos(tx)
  if (lost) {
    const subject = subjectName(lost.subjectType, lost.communityCode, lost.subjectId)
    fail(subject, lost.seq, 'photo_row_missing', lost.named, lost.found)
  }
  return { photos }
}
