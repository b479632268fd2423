import { addSpan, handleTerm, type Span } from '@tongxin/lifecycle'
import { describe, expect, it } from 'vitest'
import { COMMUNITY, testApp } from '../../test/support/index.ts'
import { statutoryCalendar } from './statutory-calendar.ts'

const works = (...days: string[]) => days.map((day) => statutoryCalendar.isWorkday(day))

describe('the statutory calendar', () => {
  it('works on the swapped weekends of 2026 and rests on its holidays', () => {
    const swapped = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']
    expect(works(...swapped)).toEqual(swapped.map(() => true))
    const free = ['2026-01-01', '2026-02-16', '2026-02-23', '2026-04-06', '2026-05-05', '2026-06-19', '2026-10-07']
    expect(works(...free)).toEqual(free.map(() => false))
    expect(works('2026-03-04', '2026-03-07', '2026-03-08')).toEqual([true, false, false])
  })

  it('knows the legal holidays of a year whose swapped days are not arranged yet', () => {
    // New Year's Eve to the third day of 2032's lunar year, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day.
    const free = ['2032-01-01', '2032-02-10', '2032-02-11', '2032-02-13', '2032-04-04', '2032-06-12', '2032-10-01']
    expect(works(...free)).toEqual(free.map(() => false))
    expect(works('2032-02-09', '2032-02-16', '2032-03-03', '2032-03-06')).toEqual([true, true, true, false])
  })

  it('counts working days over a holiday and its swapped Saturday', () => {
    const from = new Date('2026-02-13T02:00:00Z')
    // Saturday 14 February is worked, 15 to 23 are free: the second working day is Tuesday 24.
    expect(addSpan(from, { workingDays: 2 }, statutoryCalendar)).toEqual(new Date('2026-02-24T10:00:00Z'))
    // Friday afternoon, half an hour left: the rest falls on the swapped Saturday, 08:30 to 10:00.
    const late = new Date('2026-02-13T09:30:00Z')
    expect(addSpan(late, { workingHours: 2 }, statutoryCalendar)).toEqual(new Date('2026-02-14T02:00:00Z'))
  })

  it('is what every community counts by', async () => {
    const t = await testApp()
    const policy = await t.deps.directory.policies.policyFor(COMMUNITY, t.clock.now())
    const enquiry = { urgency: 'ordinary', kind: 'enquiry', categoryCode: null } as const
    // Three working days from 30 September: 8, 9 and the swapped Saturday 10 October.
    expect(
      addSpan(new Date('2026-09-30T02:00:00Z'), handleTerm(enquiry, policy).span as Span, policy.calendar),
    ).toEqual(new Date('2026-10-10T10:00:00Z'))
  })
})
