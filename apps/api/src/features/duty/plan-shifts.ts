import type { DutyDay, DutyKind, DutyPattern } from '@tongxin/contract'

export interface PlannedShift {
  kind: DutyKind
  startsAt: string
  endsAt: string
  personId: string
}

const DAY = 86_400_000
/** 1970-01-05, a Monday, counted in days. */
const FIRST_MONDAY = 4

/** A Beijing wall time on a civil day. */
const instant = (day: number, time: string): string =>
  new Date(`${new Date(day * DAY).toISOString().slice(0, 10)}T${time}:00+08:00`).toISOString()

const inTurn = (people: readonly string[], turn: number): string | undefined => people[turn % people.length]

/**
 * The shifts that begin on these days. Several people of one weekday take turns from week to week, those of holidays from day to day;
 * where nobody is named there is no shift, which the roster shows as a gap.
 * @param first, last civil days, both included
 */
export function plannedShifts(
  { dayFrom, nightFrom, week, holiday }: DutyPattern,
  { first, last, isHoliday }: { first: string; last: string; isHoliday: (day: string) => boolean },
): PlannedShift[] {
  const shifts: PlannedShift[] = []
  for (let day = Date.parse(first) / DAY; day <= Date.parse(last) / DAY; day++) {
    const civil = new Date(day * DAY).toISOString().slice(0, 10)
    const onHoliday = holiday !== null && isHoliday(civil)
    const sinceMonday = (((day - FIRST_MONDAY) % 7) + 7) % 7
    const slots: DutyDay | undefined = onHoliday ? holiday : week[sinceMonday]
    const turn = onHoliday ? day : Math.floor((day - FIRST_MONDAY) / 7)
    const add = (kind: DutyKind, startsAt: string, endsAt: string) => {
      const personId = inTurn(slots?.[kind] ?? [], turn)
      if (personId) shifts.push({ kind, startsAt, endsAt, personId })
    }
    add('day', instant(day, dayFrom), instant(day, nightFrom))
    add('night', instant(day, nightFrom), instant(day + 1, dayFrom))
  }
  return shifts
}

export interface Span {
  from: string
  to: string
}

/** What of the whole nobody covers, in order; whatever covers begins within it or before. Instants as ISO strings, which compare as they stand. */
export function gapsIn(whole: Span, covered: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let reached = whole.from
  for (const { from, to } of covered.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (from > reached) gaps.push({ from: reached, to: from })
    if (to <= reached) continue
    reached = to
    if (reached >= whole.to) return gaps
  }
  return [...gaps, { from: reached, to: whole.to }]
}
