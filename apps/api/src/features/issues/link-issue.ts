import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { prepared } from '../../db/prepared.ts'
import { AppError } from '../../http/errors.ts'
import { createIssue } from './create-issue.ts'
import { WAS_COMPLAINT } from './raisers.queries.ts'
import type { Decided } from './stage.ts'
import type { Door } from './take-action.ts'

const COPY_RAISERS = `insert into raisers (community_code, id, issue_id, person_id, name_cipher, contact_consent, tracking_hash,
    typed_by, joined_at)
  select $3, gen_random_uuid(), $4, person_id, name_cipher, contact_consent and not ${WAS_COMPLAINT('$1', '$2')},
    null, typed_by, joined_at
  from raisers where community_code = $1 and issue_id = $2 and detached_at is null for share returning id`

/**
 * A matter referred to another community appears there as a new one, with its raisers and the time it was first raised; the
 * community it came from no longer works on it.
 */
export const linkIssue = async (tx: Tx, door: Door, { key, issue, payload, now }: Decided): Promise<string> => {
  const communityCode = String(payload.communityCode)
  const tree = await door.deps.directory.regions.tree()
  if (communityCode === key.communityCode || tree.get(communityCode)?.level !== 'community')
    throw new AppError('invalid_input', {
      errors: [{ path: 'body.communityCode', message: '请选择另一个社区' }],
    })
  const linked = { communityCode, id: newId(now) }
  await createIssue(tx, door, {
    key: linked,
    kind: issue.kind,
    visibility: issue.visibility,
    anonymous: issue.anonymous,
    channel: issue.channel,
    urgency: issue.urgency,
    categoryCode: issue.categoryCode,
    gridCode: null,
    buildingCode: null,
    complainedUnitId: issue.complainedUnitId,
    title: issue.title,
    body: issue.body,
    raiserCount: issue.raiserCount,
    occurredAt: issue.raisedAt,
    clocksFrom: now,
    as: 'system',
    record: { referredFrom: makePublicId(key.communityCode, key.id) },
  })
  await prepared(tx, 'raisers_copy', COPY_RAISERS, [key.communityCode, key.id, communityCode, linked.id])
  return makePublicId(communityCode, linked.id)
}
