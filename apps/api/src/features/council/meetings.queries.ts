import type { AttendanceClass, MeetingState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

/** Where a meeting stands: its tenant and its id there. */
export interface MeetingKey {
  communityCode: string
  id: string
}

/** Instants as ISO strings. */
export interface MeetingRow {
  communityCode: string
  id: string
  title: string
  heldAt: string
  place: string
  state: MeetingState
  presiderId: string | null
  /** Members of each class as they were when it opened; null before. */
  representatives: number | null
  partyMembers: number | null
  unitMembers: number | null
  staffMembers: number | null
  /** Of each class, present to make a quorum; as the policy was when it opened. */
  representativesPercent: number | null
  partyMembersPercent: number | null
  unitMembersPercent: number | null
  staffMembersPercent: number | null
  openedAt: string | null
  endedAt: string | null
  version: number
  /** Whether those outside know of it, as it was read. */
  told: boolean
}

// A draft that was cancelled before anybody outside knew of it is no news to them.
const TOLD = `m.state <> 'draft' and (m.state <> 'cancelled' or exists (select from meeting_notices n
  where n.community_code = m.community_code and n.meeting_id = m.id))`
const COLUMNS = `m.community_code as "communityCode", m.id, m.title, m.held_at as "heldAt", m.place, m.state,
  m.presider_id as "presiderId", m.representatives, m.party_members as "partyMembers",
  m.representatives_percent as "representativesPercent", m.party_members_percent as "partyMembersPercent",
  m.unit_members as "unitMembers", m.staff_members as "staffMembers", m.unit_members_percent as "unitMembersPercent",
  m.staff_members_percent as "staffMembersPercent", m.opened_at as "openedAt",
  m.ended_at as "endedAt", m.version, (${TOLD}) as told`
const ONE = `select ${COLUMNS} from meetings m where m.community_code = $1 and m.id = $2`

export const findMeeting = (on: Queryable, key: MeetingKey): Promise<MeetingRow | undefined> =>
  preparedOne<MeetingRow>(on, 'meeting', ONE, [key.communityCode, key.id])

export const lockMeeting = (tx: Tx, key: MeetingKey): Promise<MeetingRow | undefined> =>
  preparedOne<MeetingRow>(tx, 'meeting_lock', `${ONE} for update`, [key.communityCode, key.id])

const NEXT = `select ${COLUMNS} from meetings m where m.community_code = $1 and m.state = 'draft' and m.held_at > $2 and m.id <> $3
  order by m.held_at, m.id limit 1 for update`

/** The next meeting whose agenda is not posted yet: what is not decided at one is taken up there. */
export const lockNextMeeting = (
  tx: Tx,
  { communityCode, id }: MeetingKey,
  now: Date,
): Promise<MeetingRow | undefined> =>
  preparedOne<MeetingRow>(tx, 'meeting_next', NEXT, [communityCode, now.toISOString(), id])

export interface MeetingListRow extends MeetingRow {
  agendaCount: number
}

const LIST = `select ${COLUMNS}, (select count(*)::int from agenda_items a
    where a.community_code = m.community_code and a.meeting_id = m.id and a.state <> 'dropped') as "agendaCount"
  from meetings m where m.community_code = $1 and ($2::timestamptz is null or (m.held_at, m.id) < ($2, $3::uuid))`
const NEWEST = ' order by m.held_at desc, m.id desc limit $4'

/** Newest first: read backwards from the index on (community, time) or (community, state, time). */
export const listMeetings = (
  on: Queryable,
  filter: {
    communityCode: string
    state: MeetingState | undefined
    drafts: boolean
    after: [string, string] | null
    limit: number
  },
): Promise<MeetingListRow[]> => {
  const { communityCode, state, drafts, after, limit } = filter
  const values = [communityCode, after?.[0] ?? null, after?.[1] ?? null, limit]
  return state === undefined
    ? prepared<MeetingListRow>(on, 'meetings', `${LIST} and ($5 or ${TOLD})${NEWEST}`, [...values, drafts])
    : prepared<MeetingListRow>(on, 'meetings_by_state', `${LIST} and m.state = $5 and ($6 or ${TOLD})${NEWEST}`, [
        ...values,
        state,
        drafts,
      ])
}

const INSERT = `insert into meetings (community_code, id, title, held_at, place, state, presider_id, created_by, created_at, version)
  values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, 1)`

export const insertMeeting = async (
  tx: Tx,
  key: MeetingKey,
  it: { title: string; heldAt: string; place: string; presiderId: string | null; by: string; at: Date },
): Promise<void> => {
  const values = [key.communityCode, key.id, it.title, it.heldAt, it.place, it.presiderId, it.by, it.at.toISOString()]
  await prepared(tx, 'meeting_insert', INSERT, values)
}

const UPDATE = `update meetings set title = $3, held_at = $4, place = $5, state = $6, presider_id = $7, representatives = $8,
    party_members = $9, opened_at = $10, ended_at = $11, version = $12, representatives_percent = $13, party_members_percent = $14,
    unit_members = $15, staff_members = $16, unit_members_percent = $17, staff_members_percent = $18
  where community_code = $1 and id = $2`

/** Writes the meeting as it is now, one version on. The caller holds its lock. */
export const saveMeeting = async (
  tx: Tx,
  before: MeetingRow,
  change: Partial<Omit<MeetingRow, 'communityCode' | 'id' | 'version'>> = {},
): Promise<MeetingRow> => {
  const after = { ...before, ...change, version: before.version + 1 }
  await prepared(tx, 'meeting_update', UPDATE, [
    after.communityCode,
    after.id,
    after.title,
    after.heldAt,
    after.place,
    after.state,
    after.presiderId,
    after.representatives,
    after.partyMembers,
    after.openedAt,
    after.endedAt,
    after.version,
    after.representativesPercent,
    after.partyMembersPercent,
    after.unitMembers,
    after.staffMembers,
    after.unitMembersPercent,
    after.staffMembersPercent,
  ])
  return after
}

export interface AttendanceRow {
  personId: string
  nameCipher: string | null
  class: AttendanceClass
  /** The member whose deputy they are. */
  standsFor: string | null
  standsForNameCipher: string | null
  /** Has left the product, and can say nothing any more. */
  anonymised: boolean
  checkedInAt: string
  leftAt: string | null
}

const ATTENDANCE = `select t.person_id as "personId", p.name_cipher as "nameCipher", t.class,
    t.stands_for as "standsFor", q.name_cipher as "standsForNameCipher",
    p.anonymised_at is not null as anonymised, t.checked_in_at as "checkedInAt", t.left_at as "leftAt"
  from attendance t join people p on p.id = t.person_id left join people q on q.id = t.stands_for
  where t.community_code = $1 and t.meeting_id = $2 order by t.checked_in_at, t.person_id`

export const listAttendance = (on: Queryable, key: MeetingKey): Promise<AttendanceRow[]> =>
  prepared<AttendanceRow>(on, 'meeting_attendance', ATTENDANCE, [key.communityCode, key.id])

const CHECK_IN = `insert into attendance (community_code, meeting_id, person_id, class, stands_for, checked_in_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (community_code, meeting_id, person_id)
  do update set left_at = null, class = excluded.class, stands_for = excluded.stands_for`

/** Whoever comes back is there again. */
export const insertAttendance = async (
  tx: Tx,
  key: MeetingKey,
  one: Pick<AttendanceRow, 'personId' | 'class' | 'standsFor'>,
  at: Date,
): Promise<void> => {
  const values = [key.communityCode, key.id, one.personId, one.class, one.standsFor, at.toISOString()]
  await prepared(tx, 'attendance_check_in', CHECK_IN, values)
}

const LEAVE = `update attendance set left_at = $4
  where community_code = $1 and meeting_id = $2 and person_id = $3 and left_at is null returning 1 as done`

/** False when they were not there. */
export const endAttendance = async (tx: Tx, key: MeetingKey, personId: string, at: Date): Promise<boolean> =>
  (await prepared(tx, 'attendance_leave', LEAVE, [key.communityCode, key.id, personId, at.toISOString()])).length > 0

const PRESENT = `select class from attendance
  where community_code = $1 and meeting_id = $2 and person_id = $3 and left_at is null`

export const isPresent = async (on: Queryable, key: MeetingKey, personId: string): Promise<boolean> =>
  (await preparedOne(on, 'attendance_present', PRESENT, [key.communityCode, key.id, personId])) !== undefined
