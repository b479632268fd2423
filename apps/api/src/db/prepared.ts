import { hash } from 'node:crypto'
import pg from 'pg'
import type { Queryable } from './connect.ts'

const { builtins } = pg.types

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, (text) => instantFromPostgres(text)],
  [builtins.INT8, Number],
])

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text'),
} as unknown as pg.CustomTypesConfig

/**
 * `2026-03-02 09:00:00.5+00`, in JSON `2026-03-02T09:00:00.5+00:00` → `2026-03-02T09:00:00.500Z`; sessions run in UTC, so the
 * offset is always zero.
 */
export function instantFromPostgres(text: string): string {
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`
  if (text[19] !== '.') return `${seconds}.000Z`
  return `${seconds}.${text.slice(20, text.indexOf('+', 20)).slice(0, 3).padEnd(3, '0')}Z`
}

/**
 * Runs a hot statement as a named prepared statement (parsed and planned once per connection) and returns its rows.
 * `name` must be unique to the text. `timestamptz` comes back as an ISO 8601 string and `bigint` as a number, ready
 * for the wire. Text made with drizzle is built once, at module level:
 * `const byId = database.select()….where(eq(t.id, sql.placeholder('id'))).toSQL().sql`.
 */
export async function prepared<Row extends object>(
  on: Queryable,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = on.$client as pg.Pool
  const result = await client.query<Row>({ name, text, values: values as unknown[], types })
  return result.rows
}

/** As `prepared`, for the first row or undefined. */
export async function preparedOne<Row extends object>(
  on: Queryable,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row | undefined> {
  const rows = await prepared<Row>(on, name, text, values)
  return rows[0]
}

/** A name for a text put together from filters: each combination is parsed and planned once per connection. */
export const shape = (name: string, text: string): string => `${name}_${hash('sha256', text, 'hex').slice(0, 16)}`
