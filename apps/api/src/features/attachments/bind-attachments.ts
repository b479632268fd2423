import { splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { type Attachment, bindAttachment, listAttachments, lockAttachments, markErased } from './attachments.queries.ts'
import { hashUploadToken } from './upload-photo.ts'

export interface Binding {
  communityCode: string
  /** public ids, in the order they are to be shown */
  ids: readonly string[]
  subjectType: string
  subjectId: string
  /** seq of the event that takes them */
  eventSeq: number
  /** who uploaded them: the person signed in, or the token given to somebody who is not */
  by: { personId: string | null; uploadToken?: string | null }
  now: Date
  /** Photos alone, unless it takes papers. */
  papers?: true
}

/**
 * Ties uploaded photos to an event, inside its transaction and for good. Only their uploader can.
 * @returns the content hashes in the order of `ids`, for the event's record
 * @throws AppError attachment_not_found, also for photos of somebody else; attachment_already_used
 */
export const bindAttachments = async (tx: Tx, binding: Binding): Promise<string[]> => {
  const { communityCode, by } = binding
  if (binding.ids.length === 0) return []
  const ids = binding.ids.map((publicId) => {
    const parts = splitPublicId(publicId)
    if (parts.communityCode !== communityCode) throw new AppError('attachment_not_found')
    return parts.id
  })
  const rows = new Map((await lockAttachments(tx, communityCode, ids)).map((row) => [row.id, row]))
  const tokenHash = by.uploadToken ? hashUploadToken(by.uploadToken) : null
  const isTheirs = (row: Attachment) =>
    (by.personId !== null && row.uploadedBy === by.personId) ||
    (tokenHash !== null && row.uploadTokenHash === tokenHash)

  const hashes = ids.map((id) => {
    const row = rows.get(id)
    if (row === undefined || !isTheirs(row) || !(binding.papers || row.mediaType === 'image/jpeg'))
      throw new AppError('attachment_not_found')
    if (row.boundAt !== null) throw new AppError('attachment_already_used')
    return row.contentHash
  })
  if (rows.size !== ids.length) throw new AppError('attachment_already_used', { detail: '同一张照片只能使用一次' })
  const { subjectType, subjectId, eventSeq: subjectSeq, now: boundAt } = binding
  await bindAttachment(tx, communityCode, ids, { subjectType, subjectId, subjectSeq, boundAt })
  return hashes
}

/**
 * Erases the pictures of a subject's events, as part of `erase_personal`: the files go after the commit, the hashes
 * stay, because they are part of the record.
 */
export const eraseAttachments = async (
  tx: Tx,
  {
    communityCode,
    subjectType,
    subjectId,
    eventSeqs,
    now,
  }: {
    communityCode: string
    subjectType: string
    subjectId: string
    eventSeqs: readonly number[]
    now: Date
  },
): Promise<void> => {
  const photos = (await listAttachments(tx, communityCode, subjectType, subjectId)).filter((photo) =>
    eventSeqs.includes(photo.subjectSeq ?? 0),
  )
  await discard(tx, photos, now)
}

const discard = async (tx: Tx, rows: readonly Attachment[], now: Date): Promise<void> => {
  const [first] = rows
  if (!first) return
  const ids = rows.map(({ id }) => id)
  await markErased(tx, first.communityCode, ids, now)
  const hashes = rows.flatMap(({ contentHash, thumbHash }) =>
    thumbHash === null ? contentHash : [contentHash, thumbHash],
  )
  await enqueue(tx, 'delete_unused_files', { hashes })
}

/** Deletes one file that was bound, after the commit; the hash stays. */
export const discardAttachment = async (tx: Tx, communityCode: string, id: string, now: Date): Promise<void> =>
  discard(tx, await lockAttachments(tx, communityCode, [id]), now)
