import { createHash, hash, randomBytes } from 'node:crypto'
import { makePublicId } from '@tongxin/contract'
import { inTransaction } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { countUploads, deleteUnbound, insertAttachment, isTokenInUse } from './attachments.queries.ts'
import { readPhoto } from './read-photo.ts'
import { deleteUnusedFiles, lockFiles } from './stored-files.ts'

const HOUR_MS = 3_600_000
const KEPT_UNUSED_MS = 24 * HOUR_MS
// Behind one address of a mobile network stand thousands of phones.
const UPLOADS_PER_HOUR = { person: 200, network: 300 }

export const hashUploadToken = (token: string): string => hash('sha256', token, 'hex')

/** Where a guest's upload comes from: the address, of IPv6 the /64 that one connection is given. */
const networkOf = (ip: string): string => (ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip)

const photoContext = (communityCode: string, id: string) => `attachments.place:${makePublicId(communityCode, id)}`

/** Where a photo was taken, for staff; null when it did not say. */
export const photoPlace = (
  cipher: Deps['cipher'],
  photo: { communityCode: string; id: string; placeEncrypted: string | null },
): { latitude: number; longitude: number } | null =>
  photo.placeEncrypted === null
    ? null
    : JSON.parse(cipher.decrypt(photo.placeEncrypted, photoContext(photo.communityCode, photo.id)))

/** Stores one photo that nobody uses yet; it is deleted after a day unless an event takes it. */
export const uploadPhoto = async (
  deps: Deps,
  command: { actor: Actor; ip: string; communityCode: string; uploadToken?: string; bytes: Buffer },
) => {
  const { actor, communityCode } = command
  const now = deps.clock.now()
  const source = actor.personId ? `person:${actor.personId}` : `network:${networkOf(command.ip)}`
  const sourceHash = deps.cipher.keyedHash(source)
  const uploads = await countUploads(deps.db, communityCode, sourceHash, new Date(now.getTime() - HOUR_MS))
  if (uploads >= UPLOADS_PER_HOUR[actor.personId ? 'person' : 'network']) {
    throw new AppError('too_many_attempts', { reason: 'upload_limit', retryAfter: 600 })
  }
  const uploadToken = actor.personId ? null : await tokenFor(deps, communityCode, command.uploadToken)

  const photo = await readPhoto(command.bytes)
  const id = newId(now)
  const hashes = [photo.jpeg, photo.thumbnail].map((bytes) => createHash('sha256').update(bytes).digest('hex'))
  const [contentHash, thumbHash] = hashes as [string, string]
  // Before the files are there and outside the transaction: also a crash between file and row leaves nothing behind.
  await enqueue(
    deps.db,
    'delete_unused_photo',
    { communityCode, id, hashes },
    { runAt: new Date(now.getTime() + KEPT_UNUSED_MS) },
  )
  await inTransaction(deps.pool, async (tx) => {
    await lockFiles(tx, hashes)
    await deps.storage.put(photo.jpeg)
    await deps.storage.put(photo.thumbnail)
    await insertAttachment(tx, {
      communityCode,
      id,
      contentHash,
      thumbHash,
      width: photo.width,
      height: photo.height,
      bytes: photo.jpeg.length,
      uploadedBy: actor.personId,
      uploadTokenHash: uploadToken && hashUploadToken(uploadToken),
      sourceHash,
      uploadedAt: now,
      takenAt: photo.takenAt,
      placeEncrypted: photo.place && deps.cipher.encrypt(JSON.stringify(photo.place), photoContext(communityCode, id)),
    })
  })
  return {
    id: makePublicId(communityCode, id),
    width: photo.width,
    height: photo.height,
    bytes: photo.jpeg.length,
    uploadToken,
  }
}

/** One token serves all photos of one draft. */
const tokenFor = async (deps: Deps, communityCode: string, given: string | undefined): Promise<string> => {
  if (given === undefined) return randomBytes(32).toString('base64url')
  if (await isTokenInUse(deps.db, communityCode, hashUploadToken(given))) return given
  throw new AppError('attachment_not_found', {
    errors: [{ path: 'body.uploadToken', message: '上传凭证无效或已过期' }],
  })
}

/** Job: a photo that no event took within a day goes, and its files with it. */
export const deleteUnusedPhoto = async (
  deps: Deps,
  { communityCode, id, hashes }: { communityCode: string; id: string; hashes: string[] },
): Promise<void> => {
  await inTransaction(deps.pool, (tx) => deleteUnbound(tx, communityCode, id))
  await deleteUnusedFiles(deps, { hashes })
}
