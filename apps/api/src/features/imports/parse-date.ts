/** A point in time as a table gives it, read as Beijing time unless it names its own zone. */
export type ParsedDate =
  | { at: Date /** Only the day was given; `at` is its midnight. */; dayOnly: boolean; error?: undefined }
  | { error: string }

const NOTATION =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})\s*(?:[:：分]\s*(\d{1,2})(?:\.(\d{1,9}))?\s*秒?|分)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
/** A serial number written out as text, as CSV exports do: five digits are 1927 to 2173. */
const SERIAL_TEXT = /^\d{5}(?:\.\d+)?$/

const DAY_MS = 86_400_000
/** As far as the contract takes moments. */
const EARLIEST_YEAR = 1970
/** 31 December 9999, the last day a spreadsheet can show. */
const LAST_SERIAL = 2_958_465

/**
 * Reads `2019/1/12 9:07:54`, `2019-01-12`, `2019年1月12日 9:07`, ISO 8601, and spreadsheet serial numbers.
 * Two-digit years and day-first orders are refused: they can be read in two ways.
 */
export const parseDate = (value: string | number, date1904 = false): ParsedDate => {
  if (typeof value === 'number') return parseSerial(value, date1904)
  const text = value.replace(/[\s\u200B\uFEFF]+/g, ' ').trim()
  if (SERIAL_TEXT.test(text)) return parseSerial(Number(text), date1904)
  const match = NOTATION.exec(text)
  if (!match) return { error: `看不懂的日期“${text.slice(0, 30)}”` }
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match
  const parts = [year, month, day, hour ?? 0, minute ?? 0, second ?? 0].map(Number) as Parts
  const wall = wallClock(parts, Number(fraction.padEnd(3, '0').slice(0, 3)))
  if (wall === null) return { error: `不存在的日期“${text.slice(0, 30)}”` }
  if (zone) return inRange(new Date(wall - zoneOffset(zone)), false)
  return inRange(fromShanghai(wall), hour === undefined)
}

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number]

/** Milliseconds of a clock reading taken as if it were UTC; null where no calendar has it. */
const wallClock = ([year, month, day, hour, minute, second]: Parts, ms: number): number | null => {
  if (hour > 23 || minute > 59 || second > 59) return null
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms))
  return wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day ? wall.getTime() : null
}

/**
 * Days since 1899-12-31, with a 29 February 1900 that never was kept for compatibility with Lotus 1-2-3 (day 60): days after
 * it count one too many (ECMA-376 part 1, 18.17.4.1). Seconds are rounded, as a serial holds them as fractions.
 */
const parseSerial = (serial: number, date1904: boolean): ParsedDate => {
  if (!(serial >= 0 && serial < LAST_SERIAL + 1)) return { error: `不是日期的数字 ${serial}` }
  if (!date1904 && Math.floor(serial) === 60) return { error: '不存在的日期“1900-02-29”' }
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const wall = epoch + Math.round((serial * DAY_MS) / 1000) * 1000
  return inRange(fromShanghai(wall), Number.isInteger(serial))
}

const inRange = (at: Date, dayOnly: boolean): ParsedDate => {
  const year = at.getUTCFullYear()
  return year >= EARLIEST_YEAR && year <= 2100 ? { at, dayOnly } : { error: `不可能的年份 ${year}` }
}

const BEIJING_MS = 8 * 3_600_000
const shanghai = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', timeZoneName: 'longOffset' })

/** UTC+8, and one hour more in the summers of 1986 to 1991, which only the zone data know. */
const fromShanghai = (wall: number): Date => {
  const at = new Date(wall - BEIJING_MS)
  if (at.getUTCFullYear() >= 1992) return at
  const offset =
    shanghai
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')
      ?.value.slice(3) ?? '+08:00'
  return new Date(wall - zoneOffset(offset))
}

/** `+08:00`, `+0800` or `Z` → milliseconds. */
const zoneOffset = (zone: string): number => {
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
