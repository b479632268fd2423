import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'

/** Photos, as they were re-encoded at upload, and papers in PDF as they came: nobody's until bound to an event of a subject, then for good. */
export const attachments = pgTable(
  'attachments',
  {
    communityCode: text('community_code')
      .notNull()
      .references(() => regions.code),
    id: uuid('id').notNull(),
    mediaType: text('media_type').$type<'image/jpeg' | 'application/pdf'>().notNull(),
    /** SHA-256 of what is stored, the name of its file, and what the event's record holds of it. */
    contentHash: text('content_hash').notNull(),
    /** Of photos alone. */
    thumbHash: text('thumb_hash'),
    width: integer('width'),
    height: integer('height'),
    bytes: integer('bytes').notNull(),
    uploadedBy: uuid('uploaded_by').references(() => people.id),
    /** SHA-256 of the token that stands for an uploader without an account. */
    uploadTokenHash: text('upload_token_hash'),
    /** Keyed hash of the person or network it came from, for the limit on uploads. */
    sourceHash: text('source_hash').notNull(),
    uploadedAt: timestamp('uploaded_at', { withTimezone: true }).notNull(),
    /** From the photo's EXIF, for staff: when it says it was taken, and where, encrypted. */
    takenAt: timestamp('taken_at', { withTimezone: true }),
    placeEncrypted: text('place_encrypted'),
    subjectType: text('subject_type'),
    subjectId: uuid('subject_id'),
    subjectSeq: integer('subject_seq'),
    boundAt: timestamp('bound_at', { withTimezone: true }),
    /** The files are gone at the uploader's wish; the hashes stay, they are part of the record. */
    erasedAt: timestamp('erased_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'attachments_pk', columns: [t.communityCode, t.id] }),
    index('attachments_subject').on(t.communityCode, t.subjectType, t.subjectId, t.subjectSeq),
    index('attachments_content').on(t.communityCode, t.contentHash),
    index('attachments_thumbnail').on(t.communityCode, t.thumbHash),
    index('attachments_source').on(t.communityCode, t.sourceHash, t.uploadedAt),
    index('attachments_upload_token').on(t.communityCode, t.uploadTokenHash).where(sql`${t.boundAt} is null`),
    check(
      'attachments_photo_whole',
      sql`num_nulls(${t.thumbHash}, ${t.width}, ${t.height}) = case ${t.mediaType} when 'image/jpeg' then 0 when 'application/pdf' then 3 end`,
    ),
    check(
      'attachments_bound_whole',
      sql`num_nulls(${t.subjectType}, ${t.subjectId}, ${t.subjectSeq}, ${t.boundAt}) in (0, 4)`,
    ),
    check('attachments_have_an_uploader', sql`num_nonnulls(${t.uploadedBy}, ${t.uploadTokenHash}) = 1`),
  ],
)
