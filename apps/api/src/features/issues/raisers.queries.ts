import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from './stage.ts'

export interface NewRaiser {
  id: string
  personId: string | null
  nameCipher: string | null
  contactConsent: boolean
  trackingHash: string | null
  typedBy: string | null
  joinedAt: Date
}

const INSERT = `insert into raisers (community_code, id, issue_id, person_id, name_cipher, contact_consent, tracking_hash,
  typed_by, joined_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

export const insertRaiser = async (tx: Tx, key: IssueKey, raiser: NewRaiser): Promise<void> => {
  await prepared(tx, 'raiser_insert', INSERT, [
    key.communityCode,
    raiser.id,
    key.id,
    raiser.personId,
    raiser.nameCipher,
    raiser.contactConsent,
    raiser.trackingHash,
    raiser.typedBy,
    raiser.joinedAt.toISOString(),
  ])
}

/** Whether the matter is, or ever was, a complaint: reclassifying it later undoes no protection. */
export const WAS_COMPLAINT = (
  community: string,
  id: string,
) => `(exists (select from issues c where c.community_code = ${community}
    and c.id = ${id} and c.kind = 'complaint')
  or exists (select from events e where e.community_code = ${community} and e.subject_type = 'issue' and e.subject_id = ${id}
    and e.record ->> 'kind' = 'complaint'))`

// A raiser of both matters stands once on the target; joining is as of the merge, the first raising stays on the source. Consent
// given on a complaint reaches no unit, and so none of the target's. Locked, for a merge of two people moves these places meanwhile.
const JOIN_TARGET = `insert into raisers (community_code, id, issue_id, person_id, name_cipher, contact_consent, tracking_hash,
    typed_by, joined_at, merged_from, merged_at)
  select community_code, gen_random_uuid(), $3, person_id, name_cipher, contact_consent and not ${WAS_COMPLAINT('$1', '$2')},
    null, typed_by, joined_at, $2, $4
  from raisers s where community_code = $1 and issue_id = $2 and detached_at is null
    and not exists (select 1 from raisers t where t.community_code = $1 and t.issue_id = $3 and t.person_id = s.person_id
      and t.detached_at is null)
  for share of s returning id`

/** Makes every raiser of `from` a raiser of `into`; returns how many joined. */
export const joinTarget = async (tx: Tx, from: IssueKey, into: string, now: Date): Promise<number> =>
  (await prepared(tx, 'raisers_join', JOIN_TARGET, [from.communityCode, from.id, into, now.toISOString()])).length

const LEAVE_TARGET = `update raisers set detached_at = $4 where community_code = $1 and issue_id = $3 and merged_from = $2
  and detached_at is null returning id`

export const leaveTarget = async (tx: Tx, from: IssueKey, target: string, now: Date): Promise<number> =>
  (await prepared(tx, 'raisers_leave', LEAVE_TARGET, [from.communityCode, from.id, target, now.toISOString()])).length

const DETACH = `update raisers set detached_at = $4 where community_code = $1 and issue_id = $2 and person_id = $3`
export const detachRaiser = async (tx: Tx, key: IssueKey, personId: string, at: Date | null): Promise<void> => {
  await prepared(tx, 'raiser_detach', DETACH, [key.communityCode, key.id, personId, at?.toISOString() ?? null])
}

export interface RaiserRow {
  id: string
  personId: string | null
  /** The person's own, or what was left at an import. */
  nameCipher: string | null
  givenNameCipher: string | null
  phoneCipher: string | null
  contactConsent: boolean
  joinedAt: string
  mergedFrom: string | null
  detachedAt: string | null
  erasedAt: string | null
}

const LIST = `select r.id, r.person_id as "personId", p.name_cipher as "nameCipher", r.name_cipher as "givenNameCipher",
    p.phone_cipher as "phoneCipher", r.contact_consent as "contactConsent", r.joined_at as "joinedAt",
    r.merged_from as "mergedFrom", r.detached_at as "detachedAt", r.erased_at as "erasedAt"
  from raisers r left join people p on p.id = r.person_id
  where r.community_code = $1 and r.issue_id = $2 order by r.joined_at, r.id limit 500`

export const listRaisers = (on: Queryable, key: IssueKey): Promise<RaiserRow[]> =>
  prepared(on, 'raisers_list', LIST, [key.communityCode, key.id])

const TRACKED = `select r.community_code as "communityCode", r.issue_id as id, r.id as "raiserId", r.person_id as "personId",
    coalesce((select json_agg(p.id) from people p where p.merged_into = r.person_id), '[]') as formerly
  from raisers r where r.community_code = $1 and r.tracking_hash = $2 and r.erased_at is null`

export interface Tracked extends IssueKey {
  raiserId: string
  personId: string | null
  /** As an actor's. */
  formerly: readonly string[]
}

export const findTracked = (on: Queryable, communityCode: string, trackingHash: string): Promise<Tracked | undefined> =>
  preparedOne(on, 'raiser_tracked', TRACKED, [communityCode, trackingHash])
