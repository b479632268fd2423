import { and, count, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { attachments } from '../../db/schema/attachments.ts'

export type Attachment = typeof attachments.$inferSelect

export const insertAttachment = (tx: Tx, row: typeof attachments.$inferInsert) => tx.insert(attachments).values(row)

export const findAttachment = async (on: Queryable, communityCode: string, id: string) =>
  (
    await on
      .select()
      .from(attachments)
      .where(and(eq(attachments.communityCode, communityCode), eq(attachments.id, id)))
  )[0]

export const lockAttachments = (tx: Tx, communityCode: string, ids: string[]) =>
  tx
    .select()
    .from(attachments)
    .where(and(eq(attachments.communityCode, communityCode), inArray(attachments.id, ids)))
    .orderBy(attachments.id)
    .for('update')

/** The photos of a subject in the order of its events. */
export const listAttachments = (on: Queryable, communityCode: string, subjectType: string, subjectId: string) =>
  on
    .select()
    .from(attachments)
    .where(
      and(
        eq(attachments.communityCode, communityCode),
        eq(attachments.subjectType, subjectType),
        eq(attachments.subjectId, subjectId),
        isNull(attachments.erasedAt),
      ),
    )
    .orderBy(attachments.subjectSeq, attachments.id)

export const countUploads = async (on: Queryable, communityCode: string, sourceHash: string, since: Date) => {
  const [row] = await on
    .select({ uploads: count() })
    .from(attachments)
    .where(
      and(
        eq(attachments.communityCode, communityCode),
        eq(attachments.sourceHash, sourceHash),
        gt(attachments.uploadedAt, since),
      ),
    )
  return row?.uploads ?? 0
}

export const isTokenInUse = async (on: Queryable, communityCode: string, uploadTokenHash: string) =>
  (
    await on
      .select({ id: attachments.id })
      .from(attachments)
      .where(
        and(
          eq(attachments.communityCode, communityCode),
          eq(attachments.uploadTokenHash, uploadTokenHash),
          isNull(attachments.boundAt),
        ),
      )
      .limit(1)
  ).length > 0

/** Whether any community's photo still needs the file: the same picture may have been uploaded in several. */
export const isFileInUse = async (on: Queryable, hash: string) =>
  (
    await on
      .select({ id: attachments.id })
      .from(attachments)
      .where(and(or(eq(attachments.contentHash, hash), eq(attachments.thumbHash, hash)), isNull(attachments.erasedAt)))
      .limit(1)
  ).length > 0

export const bindAttachment = (
  tx: Tx,
  communityCode: string,
  ids: string[],
  to: { subjectType: string; subjectId: string; subjectSeq: number; boundAt: Date },
) =>
  tx
    .update(attachments)
    .set(to)
    .where(and(eq(attachments.communityCode, communityCode), inArray(attachments.id, ids)))

export const markErased = (tx: Tx, communityCode: string, ids: string[], erasedAt: Date) =>
  tx
    .update(attachments)
    .set({ erasedAt, takenAt: null, placeEncrypted: null })
    .where(and(eq(attachments.communityCode, communityCode), inArray(attachments.id, ids)))

export const deleteUnbound = (tx: Tx, communityCode: string, id: string) =>
  tx
    .delete(attachments)
    .where(and(eq(attachments.communityCode, communityCode), eq(attachments.id, id), isNull(attachments.boundAt)))
