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

/** @throws AppError too_many_attempts */
const countUpload = async (deps: Deps, { actor, ip, communityCode }: Upload, now: Date): Promise<string> => {
  const source = actor.personId ? `person:${actor.personId}` : `network:${networkOf(ip)}`
  const sourceHash = deps.cipher.keyedHash(source)
  const uploads = await countUploads(deps.db, communityCode, sourceHash, new Date(now.getTime() - HOUR_MS))
  if (uploads >= UPLOADS_PER_HOUR[actor.personId ? 'person' : 'network']) {
    throw new AppError('too_many_attempts', { reason: 'upload_limit', retryAfter: 600 })
  }
  return sourceHash
}

interface Upload {
  actor: Actor
  ip: string
  communityCode: string
  bytes: Buffer
}

type Row = Parameters<typeof insertAttachment>[1]

/** Keeps files that nobody uses yet; they are deleted after a day unless an event takes them. */
const keepUnused = async (
  deps: Deps,
  files: readonly Buffer[],
  now: Date,
  rowOf: (hashes: string[]) => Omit<Row, 'uploadedAt'>,
) => {
  const hashes = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'))
  const row = rowOf(hashes)
  const { communityCode, id } = row
  // Before the files are there and outside the transaction: also a crash between file and row leaves nothing behind.
  await enqueue(
    deps.db,
    'delete_unused_photo',
    { communityCode, id, hashes },
    { runAt: new Date(now.getTime() + KEPT_UNUSED_MS) },
  )
  await inTransaction(deps.pool, async (tx) => {
    await lockFiles(tx, hashes)
    for (const file of files) await deps.storage.put(file)
    await insertAttachment(tx, { ...row, uploadedAt: now })
  })
}

/** Stores one photo. */
export const uploadPhoto = async (deps: Deps, command: Upload & { uploadToken?: string }) => {
  const { actor, communityCode } = command
  const now = deps.clock.now()
  const sourceHash = await countUpload(deps, command, now)
  const uploadToken = actor.personId ? null : await tokenFor(deps, communityCode, command.uploadToken)
  const photo = await readPhoto(command.bytes)
  const id = newId(now)
  await keepUnused(deps, [photo.jpeg, photo.thumbnail], now, ([contentHash = '', thumbHash = '']) => ({
    communityCode,
    id,
    mediaType: 'image/jpeg',
    contentHash,
    thumbHash,
    width: photo.width,
    height: photo.height,
    bytes: photo.jpeg.length,
    uploadedBy: actor.personId,
    uploadTokenHash: uploadToken && hashUploadToken(uploadToken),
    sourceHash,
    takenAt: photo.takenAt,
    placeEncrypted: photo.place && deps.cipher.encrypt(JSON.stringify(photo.place), photoContext(communityCode, id)),
  }))
  return {
    id: makePublicId(communityCode, id),
    width: photo.width,
    height: photo.height,
    bytes: photo.jpeg.length,
    uploadToken,
  }
}

/** As its first bytes and its end say, whatever its name. */
const isPdf = (bytes: Buffer): boolean =>
  /^%PDF-[12]\.\d/.test(bytes.subarray(0, 8).toString('latin1')) && bytes.subarray(-2048).includes('%%EOF')

/** Stores one paper: a PDF as it is, anything else as a photo. @throws AppError unsupported_image */
export const uploadPaper = async (deps: Deps, command: Upload) => {
  const { actor, communityCode, bytes } = command
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') {
    const photo = await uploadPhoto(deps, command).catch((error) => {
      const other = error instanceof AppError && error.code === 'unsupported_image' && !error.details.reason
      throw other
        ? new AppError('unsupported_image', { reason: 'no_paper', detail: '材料只支持 PDF、JPEG、PNG、WebP' })
        : error
    })
    return { id: photo.id, mediaType: 'image/jpeg' as const, bytes: photo.bytes }
  }
  if (!isPdf(bytes)) throw new AppError('unsupported_image', { reason: 'damaged', detail: 'PDF 已损坏或不完整' })
  const now = deps.clock.now()
  const sourceHash = await countUpload(deps, command, now)
  const id = newId(now)
  const mediaType = 'application/pdf' as const
  await keepUnused(deps, [bytes], now, ([contentHash = '']) => ({
    communityCode,
    id,
    mediaType,
    contentHash,
    bytes: bytes.length,
    uploadedBy: actor.personId,
    sourceHash,
  }))
  return { id: makePublicId(communityCode, id), mediaType, bytes: bytes.length }
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
