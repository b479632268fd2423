import type { AgendaKind, ItemState } from '@tongxin/contract'
import type { State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { MeetingKey } from './meetings.queries.ts'

const LIVE = `a.state in ('pending', 'discussing')`

/** The meeting on whose agenda a matter waits, and how things stand there. */
export interface CouncilRow {
  meetingId: string
  inSession: boolean
  closed: boolean
  presiderId: string | null
  representatives: number | null
  partyMembers: number | null
  unitMembers: number | null
  staffMembers: number | null
  representativesPercent: number | null
  partyMembersPercent: number | null
  unitMembersPercent: number | null
  staffMembersPercent: number | null
  /** Who is there, one of each. */
  present: { class: string }[]
  openBallot: boolean
  motionId: string | null
  motionState: 'passed' | 'failed' | null
  proposes: 'act' | 'not_to_act' | null
}

const COUNCIL = `
  select m.id as "meetingId", m.state = 'in_session' as "inSession", m.state = 'closed' as closed, m.presider_id as "presiderId", m.representatives,
    m.party_members as "partyMembers", m.unit_members as "unitMembers", m.staff_members as "staffMembers",
    m.representatives_percent as "representativesPercent", m.party_members_percent as "partyMembersPercent",
    m.unit_members_percent as "unitMembersPercent", m.staff_members_percent as "staffMembersPercent",
    (select coalesce(json_agg(json_build_object('class', t.class)), '[]') from attendance t
      where t.community_code = $1 and t.meeting_id = m.id and t.left_at is null) as present,
    exists (select from motions o where o.community_code = $1 and o.meeting_id = m.id and o.issue_id = $2
      and o.state in ('moved', 'open')) as "openBallot",
    v.id as "motionId", v.state as "motionState", v.proposes
  from agenda_items a
    join meetings m on m.community_code = a.community_code and m.id = a.meeting_id
    left join lateral (select id, state, proposes from motions o
      where o.community_code = $1 and o.meeting_id = m.id and o.issue_id = $2 and o.amends_id is null
        and o.state in ('passed', 'failed')
      order by o.counted_at desc, o.id desc limit 1) v on true
  where a.community_code = $1 and a.issue_id = $2 and ${LIVE}`

export const findCouncil = (on: Queryable, key: IssueKey): Promise<CouncilRow | undefined> =>
  preparedOne<CouncilRow>(on, 'council', COUNCIL, [key.communityCode, key.id])

const LOCK = `select 1 as locked from agenda_items a
    join meetings m on m.community_code = a.community_code and m.id = a.meeting_id
  where a.community_code = $1 and a.issue_id = $2 and ${LIVE} for update of m`

/** Locks the meeting on whose agenda the matter waits: no motion is proposed or counted meanwhile, and it does not close. */
export const lockMeetingOf = async (tx: Tx, key: IssueKey): Promise<void> => {
  await prepared(tx, 'council_lock', LOCK, [key.communityCode, key.id])
}

const BEGIN = `update agenda_items a set state = 'discussing', begun_at = $3
  where a.community_code = $1 and a.issue_id = $2 and ${LIVE}`

/** The matter is taken up where it waits. */
export const beginLiveItem = async (tx: Tx, key: IssueKey, at: Date): Promise<void> => {
  await prepared(tx, 'agenda_begin_live', BEGIN, [key.communityCode, key.id, at.toISOString()])
}

const SET_LIVE = `update agenda_items a set state = $3 where a.community_code = $1 and a.issue_id = $2 and ${LIVE}`

/** What becomes of a matter on the agenda where it waits; nothing when it waits on none. */
export const setLiveItem = async (tx: Tx, key: IssueKey, state: ItemState): Promise<void> => {
  await prepared(tx, 'agenda_live', SET_LIVE, [key.communityCode, key.id, state])
}

const ADD = `insert into agenda_items (community_code, meeting_id, id, kind, issue_id, position, state)
  select $1, $2, x.id, 'issue', x.id, coalesce((select max(position) from agenda_items where community_code = $1 and meeting_id = $2), 0) + x.n,
    'pending'
  from unnest($3::uuid[]) with ordinality as x (id, n)
  on conflict (community_code, meeting_id, id) do update set state = 'pending', position = excluded.position`

/** Puts matters at the end of a meeting's agenda, in this order. The caller holds the meeting's lock. */
export const addItems = async (tx: Tx, key: MeetingKey, issueIds: readonly string[]): Promise<void> => {
  if (issueIds.length > 0) await prepared(tx, 'agenda_add', ADD, [key.communityCode, key.id, issueIds])
}

const DROP = `update agenda_items a set state = 'dropped'
  where a.community_code = $1 and a.meeting_id = $2 and ${LIVE} and not (a.id = any($3::uuid[]))`
const ORDER = `insert into agenda_items (community_code, meeting_id, id, kind, issue_id, title, text, presenter_person_id, presenter_unit_id,
    presenter_affiliation, presenter_name_cipher, minutes, position, state)
  select $1, $2, x.id, x.kind, case x.kind when 'issue' then x.id end, x.title, x.text, x."presenterPersonId", x."presenterUnitId",
    x."presenterAffiliation", x."presenterNameCipher", x.minutes, x.position, 'pending'
  from json_to_recordset($3) as x (id uuid, kind text, title text, text text, "presenterPersonId" uuid, "presenterUnitId" uuid,
    "presenterAffiliation" text, "presenterNameCipher" text, minutes int, position int)
  on conflict (community_code, meeting_id, id) do update set title = excluded.title, text = excluded.text,
    presenter_person_id = excluded.presenter_person_id, presenter_unit_id = excluded.presenter_unit_id,
    presenter_affiliation = excluded.presenter_affiliation, presenter_name_cipher = excluded.presenter_name_cipher, minutes = excluded.minutes, position = excluded.position, state = 'pending'`

/** An item as it is set on the agenda. */
export interface SetItem {
  id: string
  kind: AgendaKind
  title: string | null
  text: string | null
  presenterPersonId: string | null
  presenterUnitId: string | null
  presenterAffiliation: string | null
  presenterNameCipher: string | null
  minutes: number | null
  position: number
}

/** These are the agenda; what stood there otherwise is dropped. */
export const replaceItems = async (tx: Tx, key: MeetingKey, items: readonly SetItem[]): Promise<void> => {
  await prepared(tx, 'agenda_drop', DROP, [key.communityCode, key.id, items.map(({ id }) => id)])
  await prepared(tx, 'agenda_order', ORDER, [key.communityCode, key.id, JSON.stringify(items)])
}

const CARRY_HEARD = `insert into agenda_items (community_code, meeting_id, id, kind, title, text, presenter_person_id, presenter_unit_id,
    presenter_affiliation, presenter_name_cipher, minutes, position, state)
  select a.community_code, $3, a.id, a.kind, a.title, a.text, a.presenter_person_id, a.presenter_unit_id, a.presenter_affiliation,
    a.presenter_name_cipher, a.minutes,
    (select coalesce(max(position), 0) from agenda_items where community_code = $1 and meeting_id = $3)
      + row_number() over (order by a.position, a.id), 'pending'
  from agenda_items a where a.community_code = $1 and a.meeting_id = $2 and a.kind in ('report', 'information') and a.state = 'deferred'
  returning id, kind, title, text, presenter_person_id as "presenterPersonId", presenter_unit_id as "presenterUnitId",
    presenter_affiliation as "presenterAffiliation", presenter_name_cipher as "presenterNameCipher", minutes, position`

/** Puts what a meeting that is over did not hear at the end of another meeting's agenda. Earlier resolutions stand on each agenda anew. */
export const carryHeard = (tx: Tx, from: MeetingKey, to: MeetingKey): Promise<SetItem[]> =>
  prepared<SetItem>(tx, 'agenda_carry_heard', CARRY_HEARD, [from.communityCode, from.id, to.id])

const ANY_HEARD = `select 1 as one from agenda_items
  where community_code = $1 and meeting_id = $2 and kind in ('report', 'information') and state = 'pending' limit 1`

export const hasHeardWaiting = async (tx: Tx, key: MeetingKey): Promise<boolean> =>
  (await preparedOne(tx, 'agenda_any_heard', ANY_HEARD, [key.communityCode, key.id])) !== undefined

export interface Candidate {
  id: string
  state: State
  /** The meeting on whose agenda it waits already. */
  meetingId: string | null
}

const CANDIDATES = `select i.id, i.state, (select a.meeting_id from agenda_items a
    where a.community_code = $1 and a.issue_id = i.id and ${LIVE}) as "meetingId"
  from issues i where i.community_code = $1 and i.id = any($2::uuid[]) order by i.id for share of i`

/** Held where they are until the agenda is written: none is withdrawn in between. */
export const lockCandidates = (tx: Tx, communityCode: string, issueIds: readonly string[]): Promise<Candidate[]> =>
  prepared<Candidate>(tx, 'agenda_candidates', CANDIDATES, [communityCode, issueIds])

const WAITING = `select a.issue_id as "issueId", a.state from agenda_items a
  where a.community_code = $1 and a.meeting_id = $2 and a.kind = 'issue' and ${LIVE} order by a.position, a.id`

/** The matters that are not at their end here. */
export const listWaiting = (tx: Tx, key: MeetingKey): Promise<{ issueId: string; state: 'pending' | 'discussing' }[]> =>
  prepared(tx, 'agenda_waiting', WAITING, [key.communityCode, key.id])

const END = `update agenda_items set state = case state when 'pending' then 'deferred' else 'heard' end
  where community_code = $1 and meeting_id = $2 and (state = 'pending' or (state = 'discussing' and kind <> 'issue'))`

/** What was not even taken up waits for another meeting; what was being heard has been heard. */
export const endItems = async (tx: Tx, key: MeetingKey): Promise<void> => {
  await prepared(tx, 'agenda_end', END, [key.communityCode, key.id])
}
