import type { MeetingState, MoveReason, SeriesSchedule } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'
import type { Planned } from './series-dates.ts'

export interface SeriesRow extends SeriesSchedule {
  communityCode: string
  id: string
  title: string
  place: string
  presiderId: string | null
  presiderNameCipher: string | null
  /** Civil dates. */
  startsOn: string
  endsOn: string | null
  setBy: string
  version: number
}

const COLUMNS = `s.community_code as "communityCode", s.id, s.title, s.place, s.rule, s.day, s.week, s.weekday, s.time,
  s.on_holiday as "onHoliday", s.move_from_weekends as "moveFromWeekends", s.presider_id as "presiderId",
  (select p.name_cipher from people p where p.id = s.presider_id) as "presiderNameCipher",
  s.starts_on::text as "startsOn", s.ends_on::text as "endsOn", s.set_by as "setBy", s.version`
const ONE = `select ${COLUMNS} from meeting_series s where s.community_code = $1 and s.id = $2`

export const findSeries = (on: Queryable, key: MeetingKey): Promise<SeriesRow | undefined> =>
  preparedOne<SeriesRow>(on, 'series', ONE, [key.communityCode, key.id])

/** Held while its drafts are prepared, moved or cancelled: one hand at a time. */
export const lockSeries = (tx: Tx, key: MeetingKey): Promise<SeriesRow | undefined> =>
  preparedOne<SeriesRow>(tx, 'series_lock', `${ONE} for update of s`, [key.communityCode, key.id])

export const listSeries = (on: Queryable, communityCode: string): Promise<SeriesRow[]> =>
  prepared<SeriesRow>(
    on,
    'series_of',
    `select ${COLUMNS} from meeting_series s where s.community_code = $1 order by s.ends_on nulls first, s.id`,
    [communityCode],
  )

/** Every series that may still be held on this civil date or later, in whichever community. */
export const listActiveSeries = (on: Queryable, day: string): Promise<MeetingKey[]> =>
  prepared<MeetingKey>(
    on,
    'series_active',
    `select community_code as "communityCode", id from meeting_series where ends_on is null or ends_on >= $1::date
     order by community_code, id`,
    [day],
  )

/** Drafts of a series that were to be held before this civil date, in whichever community. */
export const listMissedDrafts = (on: Queryable, day: string): Promise<MeetingKey[]> =>
  prepared<MeetingKey>(
    on,
    'series_missed',
    `select m.community_code as "communityCode", m.id from series_meetings x
       join meetings m on m.community_code = x.community_code and m.id = x.meeting_id
     where m.state = 'draft' and (m.held_at at time zone 'Asia/Shanghai')::date < $1::date
     order by m.community_code, m.held_at, m.id`,
    [day],
  )

const INSERT = `insert into meeting_series (community_code, id, title, place, rule, day, week, weekday, time, on_holiday,
    move_from_weekends, presider_id, starts_on, ends_on, set_by, created_at, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)`

export const insertSeries = async (
  tx: Tx,
  it: Omit<SeriesRow, 'version' | 'presiderNameCipher'>,
  at: Date,
): Promise<void> => {
  const own = [it.communityCode, it.id, it.title, it.place]
  const rule = [it.rule, it.day, it.week, it.weekday, it.time, it.onHoliday, it.moveFromWeekends]
  const rest = [it.presiderId, it.startsOn, it.endsOn, it.setBy, at.toISOString()]
  await prepared(tx, 'series_insert', INSERT, [...own, ...rule, ...rest])
}

const UPDATE = `update meeting_series set title = $3, place = $4, rule = $5, day = $6, week = $7, weekday = $8, time = $9,
    on_holiday = $10, move_from_weekends = $11, presider_id = $12, ends_on = $13, set_by = $14, version = version + 1
  where community_code = $1 and id = $2`

/** Writes the series as it is now, one version on. The caller holds its lock. */
export const saveSeries = async (tx: Tx, it: SeriesRow): Promise<void> => {
  const own = [it.communityCode, it.id, it.title, it.place]
  const rule = [it.rule, it.day, it.week, it.weekday, it.time, it.onHoliday, it.moveFromWeekends]
  await prepared(tx, 'series_update', UPDATE, [...own, ...rule, it.presiderId, it.endsOn, it.setBy])
}

export interface SeriesMeetingRow {
  month: string
  meetingId: string
  plannedOn: string
  moved: MoveReason | null
  heldAt: string
  state: MeetingState
  announced: boolean
}

const MEETINGS = `select x.month, x.meeting_id as "meetingId", x.planned_on::text as "plannedOn", x.moved, m.held_at as "heldAt",
    m.state, exists (select from meeting_notices n where n.community_code = m.community_code and n.meeting_id = m.id) as announced
  from series_meetings x join meetings m on m.community_code = x.community_code and m.id = x.meeting_id
  where x.community_code = $1 and x.series_id = $2 and x.month >= $3 order by x.month`

/** The meetings of a series from this month on. */
export const listSeriesMeetings = (on: Queryable, key: MeetingKey, fromMonth: string): Promise<SeriesMeetingRow[]> =>
  prepared<SeriesMeetingRow>(on, 'series_meetings', MEETINGS, [key.communityCode, key.id, fromMonth])

export const insertSeriesMeeting = async (
  tx: Tx,
  key: MeetingKey,
  meetingId: string,
  { month, plannedOn, moved }: Planned,
): Promise<void> => {
  await prepared(
    tx,
    'series_meeting_insert',
    `insert into series_meetings (community_code, series_id, month, meeting_id, planned_on, moved)
     values ($1, $2, $3, $4, $5, $6)`,
    [key.communityCode, key.id, month, meetingId, plannedOn, moved],
  )
}

export const moveSeriesMeeting = async (
  tx: Tx,
  key: MeetingKey,
  { month, plannedOn, moved }: Planned,
): Promise<void> => {
  await prepared(
    tx,
    'series_meeting_move',
    'update series_meetings set planned_on = $4, moved = $5 where community_code = $1 and series_id = $2 and month = $3',
    [key.communityCode, key.id, month, plannedOn, moved],
  )
}

const OF_MEETING = `select s.id, s.title, x.planned_on::text as "plannedOn", x.moved
  from series_meetings x join meeting_series s on s.community_code = x.community_code and s.id = x.series_id
  where x.community_code = $1 and x.meeting_id = $2`

/** The series a meeting belongs to, if any. */
export const findSeriesOf = (
  on: Queryable,
  key: MeetingKey,
): Promise<{ id: string; title: string; plannedOn: string; moved: MoveReason | null } | undefined> =>
  preparedOne(on, 'series_of_meeting', OF_MEETING, [key.communityCode, key.id])
