import { AppError } from './errors.ts'

export type CursorValue = string | number

/** `Date` takes the 30th of February for a day in March; a moment that there is reads back as itself. */
const isMoment = (text: string): boolean => {
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`
  const at = Date.parse(`${seconds}Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(seconds)
}

const KINDS = {
  text: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  uuid: (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  /** As PostgreSQL or `toISOString` writes it, down to the microsecond. */
  instant: (value: unknown) =>
    typeof value === 'string' &&
    /^[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00)$/.test(value) &&
    isMoment(value),
  /** A day of the civil calendar. */
  day: (value: unknown) =>
    typeof value === 'string' && /^[12]\d{3}-\d\d-\d\d$/.test(value) && isMoment(`${value}T00:00:00`),
} as const
type Kind = keyof typeof KINDS

/** The keyset values of the last row shown, as one opaque string. */
export const encodeCursor = (values: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

export const invalidCursor = () =>
  new AppError('invalid_input', { errors: [{ path: 'query.cursor', message: '分页标记无效' }] })

/**
 * @param kinds what the list's keyset holds, in order
 * @throws AppError invalid_input when the cursor does not come from this list
 */
export function decodeCursor<const K extends readonly Kind[]>(
  cursor: string | undefined,
  kinds: K,
): { -readonly [I in keyof K]: K[I] extends 'number' ? number : string } | null {
  if (cursor === undefined) return null
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    values = null
  }
  if (!Array.isArray(values) || values.length !== kinds.length || values.some((v, i) => !KINDS[kinds[i]!](v))) {
    throw invalidCursor()
  }
  return values as never
}

/** Cuts the row read beyond the page, and makes the cursor from the last one kept. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyset: (row: Row) => readonly CursorValue[],
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { items: kept.map(present), nextCursor: rows.length > limit && last ? encodeCursor(keyset(last)) : null }
}
