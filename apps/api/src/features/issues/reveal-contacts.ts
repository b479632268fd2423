import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { openName, openPhone, recordAudit } from '../people/index.ts'
import { findReadable } from './find-readable.ts'
import { WAS_COMPLAINT } from './raisers.queries.ts'
import type { IssueKey } from './stage.ts'
import { unitsOf } from './standing.ts'

const MAY = `select ${WAS_COMPLAINT('$1', '$2')} as complaint,
  exists (select from work_orders w join issues i on i.community_code = w.community_code and i.id = w.issue_id
    where w.community_code = $1 and w.issue_id = $2 and w.unit_id = any($3::uuid[]) and w.state = 'open'
      and w.unit_id is distinct from i.complained_unit_id) as "atWork"`

const CONSENTING = `select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
  from raisers r join people p on p.id = r.person_id
  where r.community_code = $1 and r.issue_id = $2 and r.contact_consent and r.detached_at is null and r.erased_at is null
  order by r.joined_at, r.id limit 500`

interface Consenting {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
}

/**
 * Name and number of the raisers who agreed to it, for somebody whose unit has an open order on the matter; never of a complaint,
 * whatever it was made into later: there the community relays. Every showing is on the audit record.
 * @throws AppError not_found for who may not read the matter; forbidden with reason complaint_is_relayed, no_open_order, no_consent
 */
export const revealContacts = async (tx: Tx, deps: Deps, key: IssueKey, actor: Actor, purpose: string) => {
  await findReadable(tx, deps, key, actor)
  const [may, raisers] = await Promise.all([
    preparedOne<{ complaint: boolean; atWork: boolean }>(tx, 'contacts_may', MAY, [
      key.communityCode,
      key.id,
      unitsOf(actor),
    ]),
    prepared<Consenting>(tx, 'contacts_consenting', CONSENTING, [key.communityCode, key.id]),
  ])
  const refuse = (reason: string, detail: string) => new AppError('forbidden', { reason, detail })
  if (may?.complaint !== false) throw refuse('complaint_is_relayed', '投诉不提供联系方式，请由社区转达')
  if (!may.atWork) throw refuse('no_open_order', '只有承办中的单位可以查看联系方式')
  if (raisers.length === 0) throw refuse('no_consent', '提出人没有同意提供联系方式，请由社区转达')
  await recordAudit(tx, {
    at: deps.clock.now(),
    personId: personOf(actor),
    action: 'reveal_contacts',
    subjectType: 'issue',
    subjectId: makePublicId(key.communityCode, key.id),
    purpose,
    regionCode: key.communityCode,
    details: { people: raisers.map(({ id }) => id) },
  })
  const { cipher } = deps
  return { items: raisers.map((raiser) => ({ name: openName(cipher, raiser), phone: openPhone(cipher, raiser) })) }
}
