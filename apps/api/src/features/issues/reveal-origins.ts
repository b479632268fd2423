import { makePublicId, type PhotoOrigin } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { listAttachments, photoPlace } from '../attachments/index.ts'
import { recordAudit } from '../people/index.ts'
import { findReadable } from './find-readable.ts'
import { openPosition } from './position.ts'
import type { IssueKey } from './stage.ts'

const POSITIONS = `select seq, recorded_at as "recordedAt", personal->>'position' as position from events
  where community_code = $1 and subject_type = 'issue' and subject_id = $2 and personal ? 'position' order by seq`

/**
 * When and where the photos of a matter were taken, as their cameras said, and where the phone of who verified was. Shown to the
 * community's own staff, with a purpose, and on record.
 * @throws AppError not_found, forbidden
 */
export const revealOrigins = async (
  tx: Tx,
  deps: Deps,
  key: IssueKey,
  actor: Actor,
  purpose: string,
): Promise<PhotoOrigin[]> => {
  const { view } = await findReadable(tx, deps, key, actor)
  if (view !== 'staff') throw new AppError('forbidden')
  const [photos, positions] = await Promise.all([
    listAttachments(tx, key.communityCode, 'issue', key.id),
    prepared<{ seq: number; recordedAt: string; position: string }>(tx, 'issue_positions', POSITIONS, [
      key.communityCode,
      key.id,
    ]),
  ])
  const id = makePublicId(key.communityCode, key.id)
  await recordAudit(tx, {
    at: deps.clock.now(),
    personId: personOf(actor),
    action: 'reveal_origins',
    subjectType: 'issue',
    subjectId: id,
    purpose,
    regionCode: key.communityCode,
    details: { photos: photos.length, positions: positions.length },
  })
  return [
    ...photos.map((photo) => ({
      seq: photo.subjectSeq ?? 0,
      photoId: makePublicId(key.communityCode, photo.id),
      at: photo.takenAt?.toISOString() ?? null,
      place: photoPlace(deps.cipher, photo),
    })),
    ...positions.map(({ seq, recordedAt, position }) => ({
      seq,
      photoId: null,
      at: recordedAt,
      place: openPosition(deps.cipher, key, seq, position),
    })),
  ].sort((a, b) => a.seq - b.seq)
}
