import type { WorkCalendar } from '@tongxin/lifecycle'
// The days themselves: the library's functions read them in the machine's own time zone, and err west of Greenwich.
import arranged from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

const DAY = 86_400_000
const dayName = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `{ '2026-10-01': 'National Day,国庆节,3' }` */
const named: Readonly<Record<string, string>> = arranged.holidays
const holidays: ReadonlySet<string> = new Set(Object.keys(named))
const swapName: Readonly<Record<string, string>> = arranged.workdays
const swapped: ReadonlySet<string> = new Set(Object.keys(swapName))
/** The State Council arranges a year's swapped days in the autumn before. */
const arrangedYears: ReadonlySet<string> = new Set([...holidays].map((day) => day.slice(0, 4)))

const SOLAR_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])
/** Month/day: the first three days of the year, Dragon Boat, Mid-Autumn. */
const LUNAR_HOLIDAYS: ReadonlySet<string> = new Set(['1/1', '1/2', '1/3', '5/5', '8/15'])

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
const lunarDay = (at: number): string => {
  const parts = new Map(lunar.formatToParts(at).map((part) => [part.type, part.value]))
  return `${parts.get('month')}/${parts.get('day')}`
}

/** Qingming, by the rule of thumb that holds for this century. */
const qingming = (year: number): number => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)

/** The thirteen days that are free whatever the year's arrangement will be. */
const isFreeByLaw = (day: string): boolean => {
  const at = Date.parse(day)
  return (
    SOLAR_HOLIDAYS.has(day.slice(5)) ||
    LUNAR_HOLIDAYS.has(lunarDay(at)) ||
    lunarDay(at + DAY) === '1/1' ||
    day.slice(4) === `-04-0${qingming(Number(day.slice(0, 4)))}`
  )
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay())

const works = (day: string): boolean => {
  if (swapped.has(day)) return true
  if (isWeekend(day) || holidays.has(day)) return false
  return arrangedYears.has(day.slice(0, 4)) || !isFreeByLaw(day)
}

const workdaysOf = (year: string): ReadonlySet<string> => {
  const workdays = new Set<string>()
  for (let at = Date.parse(`${year}-01-01`); dayName(at).startsWith(year); at += DAY)
    if (works(dayName(at))) workdays.add(dayName(at))
  return workdays
}

const years = new Map<string, ReadonlySet<string>>()

/** The statutory calendar with its swapped days (调休); a year not arranged yet has its weekends and its legal holidays. */
export const statutoryCalendar: WorkCalendar = {
  isWorkday: (day) => {
    const year = day.slice(0, 4)
    let workdays = years.get(year)
    if (!workdays) {
      workdays = workdaysOf(year)
      years.set(year, workdays)
    }
    return workdays.has(day)
  },
  isHoliday: (day) => isHoliday(day),
}

/** Whether the State has arranged that year's days off; till then its holidays are those the law names. */
export const isArranged = (day: string): boolean => arrangedYears.has(day.slice(0, 4))

/** What a day is by the statutory calendar: an ordinary one, a weekend, a holiday, or a weekend that is worked instead of another day. */
export const kindOfDay = (day: string): 'weekday' | 'weekend' | 'holiday' | 'swapped' => {
  if (swapped.has(day)) return 'swapped'
  if (isHoliday(day)) return 'holiday'
  return isWeekend(day) ? 'weekend' : 'weekday'
}

/** A civil date that people have off together, swapped rest days included; ordinary weekends are none. */
export const isHoliday = (day: string): boolean =>
  holidays.has(day) || (!arrangedYears.has(day.slice(0, 4)) && isFreeByLaw(day))

/** What the holiday is called; null where the year's arrangement, which names it, is not out yet. */
export const holidayName = (day: string): string | null => (named[day] ?? swapName[day])?.split(',')[1] ?? null
