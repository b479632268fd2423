import type { GuestKind, InvitationAnswer, InvitedClass } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { RegionTree } from '../regions/index.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { classOf, inForce, regionsOf } from './members.queries.ts'

export interface NoticeRow {
  announcedAt: string
  announcedBy: string
  noticeDays: number
  daysAhead: number
  shortNoticeReason: string | null
  sequence: number
  changedAt: string
  cancelReason: string | null
}

const NOTICE = `select announced_at as "announcedAt", announced_by as "announcedBy", notice_days as "noticeDays", days_ahead as "daysAhead",
    short_notice_reason as "shortNoticeReason", sequence, changed_at as "changedAt", cancel_reason as "cancelReason"
  from meeting_notices where community_code = $1 and meeting_id = $2`

export const findNotice = (on: Queryable, key: MeetingKey): Promise<NoticeRow | undefined> =>
  preparedOne<NoticeRow>(on, 'notice', NOTICE, [key.communityCode, key.id])

const SAVE = `insert into meeting_notices (community_code, meeting_id, announced_at, announced_by, notice_days, days_ahead, short_notice_reason,
    sequence, changed_at, cancel_reason)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (community_code, meeting_id) do update set notice_days = excluded.notice_days, days_ahead = excluded.days_ahead,
    short_notice_reason = excluded.short_notice_reason, sequence = excluded.sequence, changed_at = excluded.changed_at,
    cancel_reason = excluded.cancel_reason`

/** Writes the notice as it is now. The caller holds the meeting's lock. */
export const saveNotice = async (tx: Tx, key: MeetingKey, it: NoticeRow): Promise<void> => {
  const days = [it.noticeDays, it.daysAhead, it.shortNoticeReason]
  const values = [
    key.communityCode,
    key.id,
    it.announcedAt,
    it.announcedBy,
    ...days,
    it.sequence,
    it.changedAt,
    it.cancelReason,
  ]
  await prepared(tx, 'notice_save', SAVE, values)
}

export interface GuestKey {
  kind: GuestKind
  guestId: string
}

export const listGuests = (on: Queryable, key: MeetingKey): Promise<GuestKey[]> =>
  prepared<GuestKey>(
    on,
    'guests',
    `select kind, guest_id as "guestId" from meeting_guests where community_code = $1 and meeting_id = $2
     order by kind, guest_id`,
    [key.communityCode, key.id],
  )

export const replaceGuests = async (tx: Tx, key: MeetingKey, guests: readonly GuestKey[]): Promise<void> => {
  const own = [key.communityCode, key.id]
  await prepared(tx, 'guests_clear', 'delete from meeting_guests where community_code = $1 and meeting_id = $2', own)
  await prepared(
    tx,
    'guests_add',
    `insert into meeting_guests (community_code, meeting_id, kind, guest_id)
     select $1, $2, kind, id from unnest($3::text[], $4::text[]) as x (kind, id)`,
    [...own, guests.map(({ kind }) => kind), guests.map(({ guestId }) => guestId)],
  )
}

/** Names of these units, those no longer active left out when asked to. */
export const listUnitNames = (
  on: Queryable,
  ids: readonly string[],
): Promise<{ id: string; name: string; active: boolean }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : prepared(on, 'guest_units', 'select id, name, active from units where id = any($1::uuid[])', [ids])

export interface Invitee {
  personId: string
  class: InvitedClass
  guestKind: GuestKind | null
  guestId: string | null
}

// Whoever is several of these is asked once: as a member, else as staff, else as a guest.
const INVITEES = `
  select distinct on (x.person_id) x.person_id as "personId", x.class, x.kind as "guestKind", x.guest_id as "guestId"
  from (
    select g.person_id, case when g.role = 'representative' and g.unit_id is null then 1 when g.role = 'party_member' then 2
        when g.role = 'representative' then 3 else 4 end as rank,
      case when g.role in ('officer', 'secretary') then 'staff' else ${classOf('g', 'u')} end as class, null as kind,
      null as guest_id
    from grants g left join units u on u.id = g.unit_id where ${inForce('g')} and g.deputy_for is null
      and ((g.role in ('representative', 'party_member') and g.region_code = any($1::text[]))
      or (g.role in ('officer', 'secretary') and g.region_code = $3))
    union all
    select g.person_id, 5, 'guest', 'community', g.region_code
    from grants g where ${inForce('g')} and g.role = 'secretary' and g.region_code = any($4::text[])
    union all
    select g.person_id, 6, 'guest', 'unit', g.unit_id::text
    from grants g where ${inForce('g')} and g.role = 'unit_handler' and g.unit_id = any($5::uuid[])
  ) x join people p on p.id = x.person_id and p.anonymised_at is null
  order by x.person_id, x.rank, x.guest_id`

/** Everybody who belongs to the meeting now: the council, the community's organizing staff, whoever speaks for a guest. */
export const listInvitees = async (
  on: Queryable,
  tree: RegionTree,
  communityCode: string,
  guests: readonly GuestKey[],
  now: Date,
): Promise<Invitee[]> => {
  const of = (kind: GuestKind) => guests.filter((each) => each.kind === kind).map(({ guestId }) => guestId)
  const values = [regionsOf(tree, communityCode), now.toISOString(), communityCode, of('community'), of('unit')]
  return prepared<Invitee>(on, 'invitees', INVITEES, values)
}

const INVITE = `insert into meeting_invitations (community_code, meeting_id, person_id, class, guest_kind, guest_id, answer)
  select $1, $2, id, class, kind, guest, 'pending'
  from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as x (id, class, kind, guest)`

export const insertInvitations = async (tx: Tx, key: MeetingKey, invitees: readonly Invitee[]): Promise<void> => {
  if (invitees.length === 0) return
  const column = (name: keyof Invitee) => invitees.map((each) => each[name])
  const values = [column('personId'), column('class'), column('guestKind'), column('guestId')]
  // Asked before and taken back: what they were told then is said anew.
  await prepared(
    tx,
    'invite_anew',
    'delete from meeting_messages where community_code = $1 and meeting_id = $2 and person_id = any($3::uuid[])',
    [key.communityCode, key.id, column('personId')],
  )
  await prepared(tx, 'invite', INVITE, [key.communityCode, key.id, ...values])
}

export const deleteInvitations = async (tx: Tx, key: MeetingKey, personIds: readonly string[]): Promise<void> => {
  if (personIds.length === 0) return
  await prepared(
    tx,
    'uninvite',
    'delete from meeting_invitations where community_code = $1 and meeting_id = $2 and person_id = any($3::uuid[])',
    [key.communityCode, key.id, personIds],
  )
}

export interface InvitationRow extends Invitee {
  nameCipher: string | null
  answer: InvitationAnswer
  note: string | null
  answeredAt: string | null
  /** When a word last went to their phone. */
  toldAt: string | null
}

const INVITATIONS = `select v.person_id as "personId", p.name_cipher as "nameCipher", v.class, v.guest_kind as "guestKind",
    v.guest_id as "guestId", v.answer, v.note, v.answered_at as "answeredAt",
    (select max(w.sent_at) from meeting_messages w where w.community_code = v.community_code
      and w.meeting_id = v.meeting_id and w.person_id = v.person_id) as "toldAt"
  from meeting_invitations v join people p on p.id = v.person_id
  where v.community_code = $1 and v.meeting_id = $2
  order by array_position(array['representative', 'party_member', 'unit_member', 'staff_member', 'staff', 'guest'], v.class), v.person_id`

export const listInvitations = (on: Queryable, key: MeetingKey): Promise<InvitationRow[]> =>
  prepared<InvitationRow>(on, 'invitations', INVITATIONS, [key.communityCode, key.id])

export type OwnInvitation = Pick<InvitationRow, 'class' | 'answer' | 'note' | 'answeredAt'>

const OWN = `select class, answer, note, answered_at as "answeredAt" from meeting_invitations
  where community_code = $1 and meeting_id = $2 and person_id = $3`

export const findInvitation = (on: Queryable, key: MeetingKey, personId: string): Promise<OwnInvitation | undefined> =>
  preparedOne<OwnInvitation>(on, 'invitation', OWN, [key.communityCode, key.id, personId])

const ANSWER = `update meeting_invitations set answer = $4, note = $5, answered_at = $6
  where community_code = $1 and meeting_id = $2 and person_id = $3`

export const saveAnswer = async (
  tx: Tx,
  key: MeetingKey,
  personId: string,
  it: Pick<OwnInvitation, 'answer' | 'note'>,
  at: Date,
): Promise<void> => {
  await prepared(tx, 'answer', ANSWER, [key.communityCode, key.id, personId, it.answer, it.note, at.toISOString()])
}

/** Another time is another question. */
export const resetAnswers = async (tx: Tx, key: MeetingKey): Promise<void> => {
  await prepared(
    tx,
    'answers_reset',
    `update meeting_invitations set answer = 'pending', note = null, answered_at = null
     where community_code = $1 and meeting_id = $2`,
    [key.communityCode, key.id],
  )
}
