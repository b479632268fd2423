import { makePublicId } from '@tongxin/contract'
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { CalendarRow, PersonalRow } from './calendar.queries.ts'

const HOUR = 3_600_000
/** A meeting has no planned end; programs need one to show it. */
const USUAL_HOURS = 2
/** How often programs may ask again. */
const REFRESH_SECONDS = 6 * 3_600

const STATUSES = {
  pending: ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
} as const

const agendaLine = ({ number, title }: CalendarRow['agenda'][number], index: number) =>
  `${index + 1}. ${title ?? '（不公开的事项）'}${number === null ? '' : `（${number}）`}`

const descriptionOf = (row: CalendarRow, link: string): string => {
  const lines = row.agenda.map(agendaLine)
  return [
    ...(row.cancelReason === null ? [] : [`已取消：${row.cancelReason}`]),
    ...(lines.length > 0 ? ['议程', ...lines] : []),
    ...(row.shortNoticeReason === null ? [] : [`临时召开：${row.shortNoticeReason}`]),
    link,
  ].join('\n')
}

const eventOf = (row: CalendarRow, publicUrl: string): ICalEventData => {
  const id = makePublicId(row.communityCode, row.id)
  const link = `${publicUrl}/meetings/${id}`
  const start = new Date(row.heldAt)
  const changed = new Date(row.changedAt)
  const cancelled = row.state === 'cancelled'
  return {
    id: `${id}@tongxin`,
    sequence: row.sequence,
    // The same meeting reads the same until it changes, so that its ETag does, too.
    stamp: changed,
    lastModified: changed,
    created: new Date(row.announcedAt),
    start,
    end: new Date(start.getTime() + USUAL_HOURS * HOUR),
    summary: cancelled ? `【已取消】${row.title}` : row.title,
    location: row.place,
    description: descriptionOf(row, link),
    url: link,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  }
}

/** Its own answer, so that a program shows a declined meeting as one. People have no mail address here: the id stands for them. */
const withAnswer = (row: PersonalRow, personId: string, publicUrl: string): ICalEventData => {
  const answered = row.answeredAt ? new Date(row.answeredAt) : null
  const event = eventOf(row, publicUrl)
  const changed = answered && answered > new Date(row.changedAt) ? answered : new Date(row.changedAt)
  return {
    ...event,
    stamp: changed,
    lastModified: changed,
    ...(row.answer === 'declined' && { transparency: ICalEventTransparency.TRANSPARENT }),
    attendees: [
      {
        email: `${personId}@tongxin.invalid`,
        name: '本人',
        status: STATUSES[row.answer],
        role: row.class === 'guest' || row.class === 'staff' ? ICalAttendeeRole.OPT : ICalAttendeeRole.REQ,
        rsvp: row.answer === 'pending',
      },
    ],
  }
}

/** The library writes the name as it is: what would end the line, or means something in it, must not stand there. */
const plainName = (name: string) => name.replace(/[\r\n]+/g, ' ').replace(/[\\;,]/g, '\\$&')

const calendarOf = (name: string, events: ICalEventData[]): string => {
  const calendar = ical({
    name: plainName(name),
    prodId: { company: 'tongxin', product: 'meetings', language: 'ZH' },
    ttl: REFRESH_SECONDS,
    // Times are written in UTC, which needs no definition of a zone; programs show them in this one.
    x: [['X-WR-TIMEZONE', 'Asia/Shanghai']],
  })
  for (const event of events) calendar.createEvent(event)
  return `${calendar.toString().trimEnd()}\r\n`
}

export const writeCalendar = (name: string, rows: readonly CalendarRow[], publicUrl: string): string =>
  calendarOf(
    name,
    rows.map((row) => eventOf(row, publicUrl)),
  )

export const writePersonalCalendar = (
  name: string,
  rows: readonly PersonalRow[],
  personId: string,
  publicUrl: string,
): string =>
  calendarOf(
    name,
    rows.map((row) => withAnswer(row, personId, publicUrl)),
  )
