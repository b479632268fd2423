import { splitPublicId } from '@tongxin/contract'
import { type Made, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const OF_MEETING = 'x.meeting_id = c.id'
const only = () => ''

/** A series' row as the events of its chain make it. */
export const replayedSeries: ReplayedKind = {
  name: 'meeting_series',
  rows: rowsOf('meeting_series', 'x.id = c.id', {
    title: 'title',
    place: 'place',
    rule: 'rule',
    day: 'day',
    week: 'week',
    weekday: 'weekday',
    time: 'time',
    onHoliday: 'on_holiday',
    moveFromWeekends: 'move_from_weekends',
    presiderId: 'presider_id',
    startsOn: 'starts_on',
    endsOn: 'ends_on',
    setBy: 'set_by',
    createdAt: 'created_at',
    version: 'version',
  }),
  replay: (made, { action, record, personal, at, named }) => {
    const { schedule, ...words } = record as { schedule?: object }
    if (action === 'create') made.push({ presiderId: null, createdAt: at, version: 0 })
    const series = made[0]
    if (!series) return
    Object.assign(series, words, schedule, { setBy: named('by'), version: Number(series.version) + 1 })
    if (personal.presiderId !== undefined) series.presiderId = personal.presiderId
  },
  place: only,
}

/** Of which series and month a meeting is. */
export const replayedSeriesMeetings: ReplayedKind = {
  name: 'series_meetings',
  rows: rowsOf('series_meetings', OF_MEETING, {
    seriesId: 'series_id',
    month: 'month',
    plannedOn: 'planned_on',
    moved: 'moved',
  }),
  replay: (made, { action, record }) => {
    const { seriesId, month, plannedOn, moved } = record
    if (action === 'create' && typeof seriesId === 'string')
      made.push({ seriesId: splitPublicId(seriesId).id, month, plannedOn, moved })
    if (action === 'change' && plannedOn !== undefined) Object.assign(made[0] ?? {}, { plannedOn, moved })
  },
  place: only,
}

/** What was announced of a meeting. */
export const replayedNotices: ReplayedKind = {
  name: 'meeting_notices',
  rows: rowsOf('meeting_notices', OF_MEETING, {
    announcedAt: 'announced_at',
    announcedBy: 'announced_by',
    noticeDays: 'notice_days',
    daysAhead: 'days_ahead',
    shortNoticeReason: 'short_notice_reason',
    sequence: 'sequence',
    changedAt: 'changed_at',
    cancelReason: 'cancel_reason',
  }),
  replay: (made, { action, record, at, named }) => {
    const { noticeDays, daysAhead, shortNoticeReason, sequence, reason } = record
    const timeliness = noticeDays === undefined ? {} : { noticeDays, daysAhead, shortNoticeReason }
    if (action === 'announce') {
      made.push({
        announcedAt: at,
        announcedBy: named('by'),
        ...timeliness,
        sequence: 0,
        changedAt: at,
        cancelReason: null,
      })
      return
    }
    const notice = made[0]
    if (!notice) return
    // Agendas were open after the notice once; records of that time still verify.
    if (action === 'set_agenda') notice.changedAt = at
    if (sequence === undefined) return
    Object.assign(notice, timeliness, { sequence, changedAt: at }, action === 'cancel' ? { cancelReason: reason } : {})
  },
  place: only,
}

/** Which communities and units were asked. */
export const replayedGuests: ReplayedKind = {
  name: 'meeting_guests',
  rows: rowsOf('meeting_guests', OF_MEETING, { kind: 'kind', guestId: 'guest_id' }),
  replay: (made, { action, record }) => {
    if (action === 'set_guests') made.splice(0, made.length, ...(record.guests as Made[]))
  },
  place: ({ kind, guestId }) => `${kind} ${guestId}`,
}

const UNANSWERED = { answer: 'pending', note: null, answeredAt: null }

/** Who was asked, and what they answered. */
export const replayedInvitations: ReplayedKind = {
  name: 'meeting_invitations',
  rows: rowsOf('meeting_invitations', OF_MEETING, {
    personId: 'person_id',
    class: 'class',
    guestKind: 'guest_kind',
    guestId: 'guest_id',
    answer: 'answer',
    note: 'note',
    answeredAt: 'answered_at',
  }),
  replay: (made, { action, record, personal, at }) => {
    if (action === 'announce' || action === 'invite' || action === 'set_guests') {
      const gone = new Set((personal.withdrawn as string[] | undefined) ?? [])
      const kept = made.filter(({ personId }) => !gone.has(String(personId)))
      const asked = ((personal.invited as Made[] | undefined) ?? []).map((each) => ({
        guestKind: null,
        guestId: null,
        ...each,
        ...UNANSWERED,
      }))
      made.splice(0, made.length, ...kept, ...asked)
    }
    if (action === 'change' && record.answersReset) for (const each of made) Object.assign(each, UNANSWERED)
    if (action === 'answer') {
      const own = made.find(({ personId }) => personId === personal.by)
      if (own) Object.assign(own, { answer: record.answer, note: personal.note ?? null, answeredAt: at })
    }
  },
  place: ({ personId }) => String(personId),
}
