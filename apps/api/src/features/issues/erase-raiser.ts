import { splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { eraseAttachments } from '../attachments/index.ts'
import type { Acting, Addition, Decided } from './stage.ts'

interface Erasing {
  id: string
  personId: string | null
  ownWords: boolean
}

const WHOSE = `select id, person_id as "personId", merged_from is null as "ownWords" from raisers
  where community_code = $1 and issue_id = $2 and erased_at is null and case when $3::uuid is null then person_id = $4 else id = $3 end`
const OTHERS = `select count(*) as others from raisers where community_code = $1 and issue_id = $2 and erased_at is null and id <> $3`

const findRaiser = (tx: Tx, { key, personId, payload }: Acting) =>
  preparedOne<Erasing>(tx, 'erase_whose', WHOSE, [
    key.communityCode,
    key.id,
    typeof payload.raiserId === 'string' ? splitPublicId(payload.raiserId).id : null,
    personId,
  ])

/** Whose data would go, and whether the matter then has no raiser left whose words it holds. */
export const findErasure = async (tx: Tx, acting: Acting): Promise<{ known: boolean; lastRaiser: boolean }> => {
  const raiser = await findRaiser(tx, acting)
  if (!raiser) return { known: false, lastRaiser: false }
  const row = await preparedOne<{ others: number }>(tx, 'erase_others', OTHERS, [
    acting.key.communityCode,
    acting.key.id,
    raiser.id,
  ])
  return { known: true, lastRaiser: raiser.ownWords || row?.others === 0 }
}

// The payload goes and its salt with it: what is left is a hash of nothing anyone can guess.
const ERASE_OWN = `update events set personal = null, personal_salt = null
  where community_code = $1 and subject_type = 'issue' and subject_id = $2 and personal is not null
    and (personal ->> 'actorId' in (select id::text from people where id = $3::uuid or merged_into = $3::uuid) and record ->> 'as' in ('raiser', 'identified', 'anyone')) returning seq`
// What staff wrote about the raiser goes too; that they acted stays, where nothing else stands beside it.
const ERASE_ALL = `update events set personal = null, personal_salt = null
  where community_code = $1 and subject_type = 'issue' and subject_id = $2 and personal is not null
    and (personal - 'actorId' <> '{}'::jsonb or record ->> 'as' in ('raiser', 'identified', 'anyone')) returning seq`
const ERASE_RAISER = `update raisers set person_id = null, name_cipher = null, tracking_hash = null, typed_by = null, erased_at = $3
  where community_code = $1 and id = $2`
const CLEAR_SEARCH = `update issues set search = ''::tsvector where community_code = $1 and id = $2`

/** Deletes a raiser's personal payloads from the record, their photos, and their tie to the matter; the chain stays valid. */
export const eraseRaiser = async (tx: Tx, decided: Decided): Promise<Addition | undefined> => {
  const { key, now, after } = decided
  const raiser = await findRaiser(tx, decided)
  if (!raiser) return undefined
  const everything = after.title === null
  const gone = await prepared<{ seq: number }>(
    tx,
    everything ? 'erase_all' : 'erase_own',
    everything ? ERASE_ALL : ERASE_OWN,
    everything ? [key.communityCode, key.id] : [key.communityCode, key.id, raiser.personId],
  )
  const eventSeqs = gone.map(({ seq }) => seq)
  await eraseAttachments(tx, { ...key, subjectType: 'issue', subjectId: key.id, eventSeqs, now })
  await prepared(tx, 'erase_raiser', ERASE_RAISER, [key.communityCode, raiser.id, now.toISOString()])
  if (everything) await prepared(tx, 'erase_search', CLEAR_SEARCH, [key.communityCode, key.id])
  return { record: { erased: eventSeqs } }
}
