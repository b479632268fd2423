import { AppError } from '../../http/errors.ts'

/** Whole months in Asia/Shanghai, both included, as `YYYY-MM`. */
export interface Period {
  from: string
  to: string
}

const MOST_MONTHS = 120

/** The month so many later; earlier where negative. */
export const monthAfter = (month: string, by: number): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by)).toISOString().slice(0, 7)

export const aYearBefore = ({ from, to }: Period): Period => ({ from: monthAfter(from, -12), to: monthAfter(to, -12) })

export const monthsOf = ({ from, to }: Period): string[] => {
  const months: string[] = []
  for (let month = from; month <= to; month = monthAfter(month, 1)) months.push(month)
  return months
}

export const monthStarts = (period: Period): string[] => monthsOf(period).map((month) => `${month}-01`)

/** Every day of a month. */
export const daysIn = (month: string): string[] => {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  return Array.from({ length: last }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
}

/** The days it takes up: from the first on, before the second. */
export const daysOf = ({ from, to }: Period): [from: string, before: string] => [
  `${from}-01`,
  `${monthAfter(to, 1)}-01`,
]

/** @throws AppError invalid_input for one that ends before it begins, or takes longer than ten years */
export const assertPeriod = ({ from, to }: Period): void => {
  const message = to < from ? '截止月份早于起始月份' : monthAfter(from, MOST_MONTHS) <= to ? '一次最多统计十年' : null
  if (message) throw new AppError('invalid_input', { errors: [{ path: 'query.to', message }] })
}
