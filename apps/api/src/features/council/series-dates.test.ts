import type { SeriesSchedule } from '@tongxin/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHoliday, statutoryCalendar } from '../../calendar/statutory-calendar.ts'
import { daysBetween, seriesDate, seriesDates } from './series-dates.ts'

const days = { isWorkday: statutoryCalendar.isWorkday, isHoliday }
const BASE = { time: '19:00', onHoliday: 'next_workday', moveFromWeekends: false } as const
const onDay = (day: number, more: Partial<SeriesSchedule> = {}): SeriesSchedule => ({
  rule: 'day_of_month',
  day,
  week: null,
  weekday: null,
  ...BASE,
  ...more,
})
const onWeekday = (week: number, weekday: number, more: Partial<SeriesSchedule> = {}): SeriesSchedule => ({
  rule: 'nth_weekday',
  day: null,
  week,
  weekday,
  ...BASE,
  ...more,
})

const rules = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map((day) => onDay(day)),
  fc.tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.integer({ min: 1, max: 7 })).map(([week, day]) => onWeekday(week, day)),
)
const schedules = fc
  .record({
    rule: rules,
    onHoliday: fc.constantFrom('next_workday' as const, 'previous_workday' as const, 'keep' as const),
    moveFromWeekends: fc.boolean(),
    time: fc.constantFrom('00:00', '09:30', '19:00', '23:59'),
  })
  .map(({ rule, ...more }): SeriesSchedule => ({ ...rule, ...more }))
// Years that are arranged and years that are not.
const months = fc
  .tuple(fc.integer({ min: 2024, max: 2033 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)
const next = (day: string, step: number) => new Date(Date.parse(day) + step * 86_400_000).toISOString().slice(0, 10)

describe('a monthly date', () => {
  it.each([
    ['2026-03', onDay(15), '2026-03-15', null],
    ['2026-10', onDay(1), '2026-10-08', 'holiday'],
    ['2026-10', onDay(1, { onHoliday: 'previous_workday' }), '2026-09-30', 'holiday'],
    ['2026-10', onDay(1, { onHoliday: 'keep' }), '2026-10-01', null],
    ['2026-02', onDay(31), '2026-02-28', null],
    // Sunday 15 February lies in the Spring Festival; Tuesday 24 is the first day that is worked again.
    ['2026-02', onDay(15), '2026-02-24', 'holiday'],
    // An ordinary Saturday stays unless it was asked to move; one that is worked in exchange is no weekend.
    ['2026-03', onDay(14), '2026-03-14', null],
    ['2026-03', onDay(14, { moveFromWeekends: true }), '2026-03-16', 'weekend'],
    ['2026-10', onDay(10, { moveFromWeekends: true }), '2026-10-10', null],
    ['2026-03', onWeekday(1, 6), '2026-03-07', null],
    ['2026-03', onWeekday(-1, 5), '2026-03-27', null],
    ['2026-05', onWeekday(1, 5), '2026-05-06', 'holiday'],
  ] as const)('of %s is where the rule and the holidays put it', (month, schedule, heldOn, moved) => {
    expect(seriesDate(month, schedule, days)).toMatchObject({ month, heldOn, moved })
  })

  it('is at the hour of Beijing', () => {
    expect(seriesDate('2026-03', onDay(5), days).heldAt).toBe('2026-03-05T11:00:00.000Z')
    expect(seriesDate('2026-03', onDay(5, { time: '07:30' }), days).heldAt).toBe('2026-03-04T23:30:00.000Z')
  })

  it('is planned in its month, on the day or weekday of the rule', () => {
    fc.assert(
      fc.property(months, schedules, (month, schedule) => {
        const { plannedOn } = seriesDate(month, schedule, days)
        expect(plannedOn.slice(0, 7)).toBe(month)
        const date = Number(plannedOn.slice(8))
        const isLast = next(plannedOn, 1).slice(0, 7) !== month
        if (schedule.rule === 'day_of_month') {
          expect(date === schedule.day || (isLast && date < (schedule.day ?? 0))).toBe(true)
          return
        }
        expect(new Date(plannedOn).getUTCDay() || 7).toBe(schedule.weekday)
        if (schedule.week === -1) expect(next(plannedOn, 7).slice(0, 7)).not.toBe(month)
        else expect(Math.ceil(date / 7)).toBe(schedule.week)
      }),
    )
  })

  it('moves only off a holiday or a weekend it avoids, only its way, to the nearest day that is worked', () => {
    fc.assert(
      fc.property(months, schedules, (month, schedule) => {
        const { plannedOn, heldOn, moved } = seriesDate(month, schedule, days)
        const weekend = [0, 6].includes(new Date(plannedOn).getUTCDay()) && !days.isWorkday(plannedOn)
        const must = isHoliday(plannedOn) || (schedule.moveFromWeekends && weekend)
        expect(moved !== null).toBe(must && schedule.onHoliday !== 'keep')
        if (moved === null) {
          expect(heldOn).toBe(plannedOn)
          return
        }
        expect(days.isWorkday(heldOn)).toBe(true)
        const step = schedule.onHoliday === 'next_workday' ? 1 : -1
        for (let day = next(plannedOn, step); day !== heldOn; day = next(day, step))
          expect(days.isWorkday(day)).toBe(false)
      }),
    )
  })
})

describe('the dates between two moments', () => {
  it('are each month’s own, once each, in order, and none outside', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 400 }),
        (schedule, after, span) => {
          const until = new Date(after.getTime() + span * 86_400_000)
          const found = seriesDates(schedule, { after, until, startsOn: '2025-03-01', endsOn: '2029-06-30' }, days)
          // Every month there is, one by one.
          const all = []
          for (let year = 2024; year <= 2031; year++)
            for (let month = 1; month <= 12; month++)
              all.push(seriesDate(`${year}-${String(month).padStart(2, '0')}`, schedule, days))
          const wanted = all.filter(
            ({ heldAt, heldOn }) =>
              Date.parse(heldAt) > after.getTime() &&
              Date.parse(heldAt) <= until.getTime() &&
              heldOn >= '2025-03-01' &&
              heldOn <= '2029-06-30',
          )
          expect(found).toEqual(wanted)
          expect(new Set(found.map(({ heldAt }) => heldAt)).size).toBe(found.length)
        },
      ),
    )
  })
})

it('counts days ahead as people do: by the date in China', () => {
  // 23:30 on the 2nd to 00:30 on the 3rd is the next day.
  expect(daysBetween(new Date('2026-03-02T15:30:00Z'), new Date('2026-03-02T16:30:00Z'))).toBe(1)
  expect(daysBetween(new Date('2026-03-02T01:00:00Z'), new Date('2026-03-05T11:00:00Z'))).toBe(3)
  expect(daysBetween(new Date('2026-03-02T01:00:00Z'), new Date('2026-03-01T01:00:00Z'))).toBe(-1)
})
