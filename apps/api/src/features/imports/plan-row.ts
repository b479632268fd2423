import { createHash } from 'node:crypto'
import type { ImportField, ImportRejection } from '@tongxin/contract'
import { storable, tidyLine, tidyText } from '../../tidy-text.ts'
import type { ColumnMap } from './map-columns.ts'
import { parseDate } from './parse-date.ts'
import type { Cell, TableRow } from './table.ts'

/** Texts longer than this are refused with the row, never cut. The longest answer seen has 7,883 characters. */
export const TITLE_LIMIT = 200
export const TEXT_LIMIT = 20_000
const NAME_LIMIT = 100
const NUMBER_LIMIT = 100

/** One matter as the file tells it. */
export interface PlannedIssue {
  rowNumber: number
  /** The source's own number; null where the file has none: then the content tells one matter from another. */
  number: string | null
  title: string
  body: string
  raisedAt: Date
  /** Who raised it, as the source calls them. Personal. */
  raiser: string | null
  /** Present: the matter was answered and is over. */
  answer: { text: string; at: Date } | null
  /** Approvals and disapprovals counted by the source; null where it does not count them. */
  support: number | null
  opposition: number | null
  /** The mapped texts as they stood in the file, where tidying changed them. */
  original: Partial<Record<ImportField, string>>
  /**
   * SHA-256 over what makes it that message and no other: who, when, which words. Counts and answer, which come later, are
   * left out, so that a row met again is known even when they grew.
   */
  contentHash: Buffer
}

export type RowPlan = { issue: PlannedIssue; rejected?: undefined } | { issue?: undefined; rejected: Rejection }

/** Why a row is not taken. `reason` is Chinese, for the one who has the file. */
export interface Rejection {
  rowNumber: number
  code: ImportRejection
  reason: string
  /** By which the row is found again in whatever the table was made from; null where that cannot be read either. */
  number: string | null
}

export interface PlanContext {
  columns: ColumnMap
  date1904: boolean
  /** Nothing historic happened after it. */
  now: Date
}

/** A row of the table → the matter it tells, or why it cannot be taken. Pure. */
export const planRow = (row: TableRow, context: PlanContext): RowPlan => {
  const { rowNumber } = row
  if (row.unreadable !== undefined)
    return { rejected: { rowNumber, code: 'unreadable_row', reason: row.unreadable, number: null } }
  const reader = new RowReader(row.cells, context)
  try {
    return { issue: readIssue(rowNumber, reader) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { rejected: { rowNumber, code: error.code, reason: error.message, number: reader.numberIfAny() } }
  }
}

const readIssue = (rowNumber: number, row: RowReader): PlannedIssue => {
  const number = row.line('number', NUMBER_LIMIT)
  if (row.has('number') && number === null) throw new Refused('missing_value', `“${row.header('number')}”为空`)

  const body = row.text('body', TEXT_LIMIT) ?? row.text('title', TEXT_LIMIT)
  if (body === null) throw new Refused('missing_value', '主题和详情都是空的')
  const title = row.line('title', TITLE_LIMIT) ?? headline(body)

  const raised = row.date('raisedAt')
  if (raised === null) throw new Refused('missing_value', `“${row.header('raisedAt')}”为空`)
  const raiser = row.line('raiser', NAME_LIMIT)
  return {
    rowNumber,
    number,
    title,
    body,
    raisedAt: raised.at,
    raiser,
    answer: readAnswer(row, raised.at),
    support: row.count('support'),
    opposition: row.count('opposition'),
    original: row.original,
    contentHash: hashContent([number, raiser, raised.at.toISOString(), title, body]),
  }
}

const readAnswer = (row: RowReader, raisedAt: Date): PlannedIssue['answer'] => {
  const text = row.text('answer', TEXT_LIMIT)
  const answered = row.date('answeredAt')
  if (text === null && answered === null) return null
  if (text === null)
    throw new Refused('missing_value', `有“${row.header('answeredAt')}”而“${row.header('answer')}”为空`)
  if (answered === null)
    throw new Refused('missing_value', `有“${row.header('answer')}”而“${row.header('answeredAt')}”为空`)
  if (answered.at >= raisedAt) return { text, at: answered.at }
  // A day without its hour stands for the whole day: an answer on the day of raising came after it.
  const sameDay = answered.dayOnly && raisedAt.getTime() - answered.at.getTime() < 86_400_000
  if (sameDay) return { text, at: raisedAt }
  throw new Refused('bad_date', `“${row.header('answeredAt')}”早于“${row.header('raisedAt')}”`)
}

/** Reads mapped cells, refusing what cannot be taken, and keeps the original of each text it tidied. */
class RowReader {
  readonly original: PlannedIssue['original'] = {}
  readonly #cells: Record<string, Cell>
  readonly #context: PlanContext

  constructor(cells: Record<string, Cell>, context: PlanContext) {
    this.#cells = cells
    this.#context = context
  }

  has(field: ImportField): boolean {
    return this.#context.columns[field] !== undefined
  }

  header(field: ImportField): string {
    return this.#context.columns[field] ?? field
  }

  text(field: ImportField, limit: number, tidy = tidyText): string | null {
    const cell = this.#cell(field)
    if (cell === null) return null
    const raw = String(cell)
    const text = tidy(raw)
    if (text === '') return null
    if (text.length > limit) {
      throw new Refused('too_long', `“${this.header(field)}”有 ${text.length} 字，最多 ${limit} 字`)
    }
    if (text !== raw) this.original[field] = storable(raw)
    return text
  }

  line(field: ImportField, limit: number): string | null {
    return this.text(field, limit, tidyLine)
  }

  /** Also of a row that is refused for something else. */
  numberIfAny(): string | null {
    try {
      return this.line('number', NUMBER_LIMIT)
    } catch {
      return null
    }
  }

  date(field: ImportField): { at: Date; dayOnly: boolean } | null {
    const cell = this.#cell(field)
    if (cell === null || (typeof cell === 'string' && tidyLine(cell) === '')) return null
    const parsed = parseDate(cell, this.#context.date1904)
    if (parsed.error !== undefined) throw new Refused('bad_date', `“${this.header(field)}”：${parsed.error}`)
    if (parsed.at > this.#context.now)
      throw new Refused('bad_date', `“${this.header(field)}”在将来：${tidyLine(String(cell))}`)
    return parsed
  }

  count(field: ImportField): number | null {
    const cell = this.#cell(field)
    if (cell === null || cell === '') return null
    const count =
      typeof cell === 'number' ? cell : Number(tidyLine(cell).replace(/(?<=\d)[,，](?=\d{3}(?!\d))/g, '') || '0')
    if (Number.isSafeInteger(count) && count >= 0 && count <= 2_147_483_647) return count
    throw new Refused('bad_number', `“${this.header(field)}”不是整数：${String(cell).slice(0, 30)}`)
  }

  #cell(field: ImportField): string | number | null {
    const header = this.#context.columns[field]
    const cell = header === undefined ? null : (this.#cells[header] ?? null)
    if (cell !== null && typeof cell === 'object') throw new Refused('unreadable_row', cell.error)
    return cell
  }
}

class Refused extends Error {
  readonly code: ImportRejection

  constructor(code: ImportRejection, message: string) {
    super(message)
    this.code = code
  }
}

/** The first words of a text, for a matter that came without a subject. */
const headline = (body: string): string => {
  const line = body.split('\n', 1)[0] ?? body
  const characters = [...line]
  return characters.length <= 40 ? line : `${characters.slice(0, 39).join('')}…`
}

const hashContent = (parts: readonly (string | null)[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest()
