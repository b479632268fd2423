import { type Action, apply, type Issue, isMove, type State } from '@tongxin/lifecycle'
import { instantFromPostgres } from '../db/prepared.ts'

/** What an erased payload held is not known any more; whatever the row says fits. */
export const UNKNOWN = Symbol('unknown')

/** One row as the events make it; instants as ISO strings. */
export type Made = Record<string, unknown>

/** One event of a chain, with what it made of the matter where the chain is a matter's. */
export interface Replayed {
  action: string
  seq: number
  /** ISO 8601 in UTC with milliseconds. */
  at: string
  to: string | null
  record: Record<string, unknown>
  personal: Record<string, unknown>
  /** A value of the personal payload; UNKNOWN when that was erased. */
  named(name: string): unknown
  before: Issue | null
  after: Issue | null
}

interface StoredStep {
  action: string
  seq: number
  occurredAt: string
  to: string | null
  record: Record<string, unknown>
  personal: Record<string, unknown> | null
  /** Null where the event never named anybody. */
  personalHash: string | null
}

/** An event as stored, ready to be replayed; of a matter, with what it makes of `before`. */
export const replayed = (event: StoredStep, ofMatter: boolean, before: Issue | null): Replayed => {
  const { action, seq, occurredAt: at, to, record, personal, personalHash } = event
  const erased = personal === null && personalHash !== null
  const move = isMove(action as Action)
  return {
    action,
    seq,
    at,
    to,
    record,
    personal: personal ?? {},
    named: (name) => (erased ? UNKNOWN : (personal?.[name] ?? null)),
    before,
    after: ofMatter
      ? apply(before, { action, to: to as State, move, occurredAt: new Date(at), record, personal })
      : null,
  }
}

/** A kind of row that hangs on a chain and is made by its events alone. */
export interface ReplayedKind {
  /** The table, as a mismatch names it. */
  name: string
  /** A JSON array of the rows that belong to the chain's subject, whose row is `c`. */
  rows: string
  /** Does to `made` what the event did to the table; `of` gives the chain's rows of another kind, replayed so far. */
  replay(made: Made[], event: Replayed, of: (kind: string) => readonly Made[]): void
  /** Where a row stands among the others of its chain. */
  place(row: Made): string
}

/** SQL for the rows of `table x` that `condition` picks, each as an object of these fields (name → column). */
export const rowsOf = (table: string, condition: string, fields: Record<string, string>): string =>
  `(select coalesce(json_agg(json_build_object(${Object.entries(fields)
    .map(([name, column]) => `'${name}', x.${column}`)
    .join(', ')})), '[]') from ${table} x where x.community_code = c.community_code and ${condition})`

const STORED_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?\+00:00$/

const plain = (value: unknown): unknown => {
  if (typeof value === 'string' && STORED_INSTANT.test(value)) return instantFromPostgres(value)
  return value ?? null
}

export interface Difference {
  field: string
  expected: string | number | null
  found: string | number | null
}

const shown = (value: unknown): string | number | null =>
  value === null || value === undefined ? null : typeof value === 'number' ? value : String(value)

/** The first difference between what the events make and what stands in the table; null when there is none. */
export const firstDifference = (
  kind: ReplayedKind,
  made: readonly Made[],
  stored: readonly Made[],
): Difference | null => {
  if (made.length !== stored.length) return { field: 'count', expected: made.length, found: stored.length }
  const sorted = (rows: readonly Made[]) =>
    rows
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])) as Made)
      .sort((a, b) => (kind.place(a) < kind.place(b) ? -1 : 1))
  const found = sorted(stored)
  for (const [i, row] of sorted(made).entries()) {
    for (const [field, expected] of Object.entries(row)) {
      const value = found[i]?.[field]
      if (expected !== UNKNOWN && expected !== value) return { field, expected: shown(expected), found: shown(value) }
    }
  }
  return null
}

/** The instant a payload names, as the database gives it back; null for none. */
export const instantOf = (value: unknown): string | null =>
  typeof value === 'string' ? new Date(value).toISOString() : null
