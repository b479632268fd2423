import type { InvitationAnswer, InvitedClass, MeetingState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

export interface CalendarRow {
  communityCode: string
  id: string
  title: string
  heldAt: string
  place: string
  state: MeetingState
  announcedAt: string
  sequence: number
  changedAt: string
  cancelReason: string | null
  shortNoticeReason: string | null
  /** What stands on the agenda, in order. */
  agenda: { number: string | null; title: string | null }[]
}

export interface PersonalRow extends CalendarRow {
  answer: InvitationAnswer
  class: InvitedClass
  answeredAt: string | null
  note: string | null
}

const COLUMNS = `m.community_code as "communityCode", m.id, m.title, m.held_at as "heldAt", m.place, m.state,
  n.announced_at as "announcedAt", n.sequence, n.changed_at as "changedAt", n.cancel_reason as "cancelReason",
  n.short_notice_reason as "shortNoticeReason",
  (select coalesce(json_agg(json_build_object('number', i.number, 'title', coalesce(a.title, i.public_title)) order by a.position, a.id), '[]')
    from agenda_items a left join issues i on i.community_code = a.community_code and i.id = a.issue_id
    where a.community_code = m.community_code and a.meeting_id = m.id and a.state <> 'dropped') as agenda`
const NOTICED = `meetings m join meeting_notices n on n.community_code = m.community_code and n.meeting_id = m.id`
/** Beyond what any community holds in fifteen months; a feed is no archive. */
const MOST = 500

/** Announced at some time, and held between these moments; by time. */
export const listCalendar = (on: Queryable, communityCode: string, from: Date, to: Date): Promise<CalendarRow[]> =>
  prepared<CalendarRow>(
    on,
    'calendar',
    `select ${COLUMNS} from ${NOTICED} where m.community_code = $1 and m.held_at >= $2 and m.held_at < $3
     order by m.held_at, m.id limit ${MOST}`,
    [communityCode, from.toISOString(), to.toISOString()],
  )

export const findCalendarRow = (on: Queryable, key: MeetingKey): Promise<CalendarRow | undefined> =>
  preparedOne<CalendarRow>(
    on,
    'calendar_one',
    `select ${COLUMNS} from ${NOTICED} where m.community_code = $1 and m.id = $2`,
    [key.communityCode, key.id],
  )

const INVITED = `from meeting_invitations v
  join meetings m on m.community_code = v.community_code and m.id = v.meeting_id
  join meeting_notices n on n.community_code = m.community_code and n.meeting_id = m.id`

/** One person's, in whichever community. */
export const listPersonalCalendar = (on: Queryable, personId: string, from: Date, to: Date): Promise<PersonalRow[]> =>
  prepared<PersonalRow>(
    on,
    'calendar_personal',
    `select ${COLUMNS}, v.answer, v.class, v.answered_at as "answeredAt", v.note ${INVITED}
     where v.person_id = $1 and m.held_at >= $2 and m.held_at < $3 order by m.held_at, m.id limit ${MOST}`,
    [personId, from.toISOString(), to.toISOString()],
  )

export interface FeedRow {
  personId: string
  madeAt: string
}

const FEED = 'select person_id as "personId", made_at as "madeAt" from calendar_feeds'

/** Whose calendar this is; nobody's once the account is anonymised. */
export const findFeedOwner = (on: Queryable, tokenHash: string): Promise<FeedRow | undefined> =>
  preparedOne<FeedRow>(
    on,
    'feed_owner',
    `${FEED} f where f.token_hash = $1 and exists (select from people p where p.id = f.person_id and p.anonymised_at is null)`,
    [tokenHash],
  )

export const findFeed = (on: Queryable, personId: string): Promise<FeedRow | undefined> =>
  preparedOne<FeedRow>(on, 'feed', `${FEED} where person_id = $1`, [personId])

/** The one before, if any, is gone. */
export const replaceFeed = async (tx: Tx, personId: string, tokenHash: string, at: Date): Promise<void> => {
  await prepared(
    tx,
    'feed_replace',
    `insert into calendar_feeds (person_id, token_hash, made_at) values ($1, $2, $3)
     on conflict (person_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at`,
    [personId, tokenHash, at.toISOString()],
  )
}

export const deleteFeed = async (tx: Tx, personId: string): Promise<void> => {
  await prepared(tx, 'feed_delete', 'delete from calendar_feeds where person_id = $1', [personId])
}
