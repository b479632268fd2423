import { setImmediate, setTimeout } from 'node:timers/promises'
import type { exportRoutes, Query } from '@tongxin/contract'
import { FIELDS, type Field, type FieldName, STATES } from '@tongxin/lifecycle'
import type { Db } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { openGivenName, type Scope, titleIn, type Where } from '../issues/index.ts'
import { openName, openPhone } from '../people/index.ts'
import { csvCell, csvLine } from './csv-line.ts'

/**
 * Rows of one reading: each costs the database a beginning, so there are few. While others ask as well, their answers go first: a
 * file may take longer, a person should not wait.
 */
const BATCH = 4_000
const SMALL_BATCH = 100
/** Rows written without a look at what else there is to do. */
const SLICE = 500
const PAUSE_MS = 3
const BOM = '\uFEFF'

const optionsOf = (field: FieldName): Record<string, { zh: string }> => (FIELDS[field] as Field).options ?? {}
/** As spreadsheet programs read it, in the community's own time (UTC+8). */
const localTime = (column: string) => `left((i.${column} at time zone interval '8 hours')::text, 19)`

/** Cells that stand for a code, with their words. Few rows differ in them, so they are put into words once, not for each. */
const LABELLED: readonly (readonly [heading: string, column: string, labels: Record<string, { zh: string }>])[] = [
  ['状态', 'state', STATES],
  ['类型', 'kind', optionsOf('kind')],
  ['公开范围', 'visibility', optionsOf('visibility')],
  ['紧急程度', 'urgency', optionsOf('urgency')],
  ['渠道', 'channel', optionsOf('channel')],
]
/** Cells that the database writes itself, as they hold nothing that needs quoting: reading each of a million takes far longer. */
const READY: readonly (readonly [heading: string, cell: string])[] = [
  ['类别代码', 'i.category_code'],
  ['网格代码', 'i.grid_code'],
  ['办理轮次', 'i.round::text'],
  ['提出时间', localTime('raised_at')],
  ['进入现状态时间', localTime('state_since')],
  ['当前期限', localTime('due_at')],
  ['承诺办结时间', localTime('handle_due_at')],
  ['附议户数', 'i.endorsing_households::text'],
  ['外部支持数', 'i.external_support::text'],
]
const HEAD = ['编号', '标题', ...LABELLED.map(([heading]) => heading), '主办单位', ...READY.map(([heading]) => heading)]
const PERSONAL_HEAD = ['提出人', '电话']

interface Row {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  /** The codes of LABELLED and the leading unit's id, `''` for none. */
  codes: string
  /** The cells of READY. */
  ready: string
}
export type Cell = string | number | null
export type ExportQuery = Query<typeof exportRoutes.exportIssues>

const joined = (cells: readonly string[]) => cells.map((cell) => `coalesce(${cell}, '')`).join(` || ',' || `)
const COLUMNS = `i.id, i.number, i.title, i.public_title as "publicTitle",
  ${joined([...LABELLED.map(([, column]) => `i.${column}`), 'i.lead_unit_id::text'])} as codes,
  ${joined(READY.map(([, cell]) => cell))} as ready`

/** The matters after the one named `after`; neither its time nor its id ever changes. */
const readRows = (
  db: Db,
  where: Where,
  community: string,
  after: string | undefined,
  limit: number,
): Promise<Row[]> => {
  const values = [...where.values]
  let keyset = ''
  if (after) {
    const [communityAt, idAt] = [values.push(community), values.push(after)]
    keyset = ` and (i.raised_at, i.id) < (select a.raised_at, a.id from issues a
      where a.community_code = $${communityAt} and a.id = $${idAt}::uuid)`
  }
  const text = `select ${COLUMNS} from issues i where ${where.text}${keyset}
    order by i.raised_at desc, i.id desc limit $${values.push(limit)}`
  return prepared(db, shape('export_issues', text), text, values)
}

const UNITS = 'select id, name from units where id = any($1::uuid[])'

/** Puts codes into words that `known` lacks yet. */
const learn = async (db: Db, known: Map<string, string>, rows: readonly Row[]): Promise<void> => {
  const unknown = [...new Set(rows.map(({ codes }) => codes))].filter((codes) => !known.has(codes))
  if (unknown.length === 0) return
  const split = unknown.map((codes) => ({ codes, parts: codes.split(',') }))
  const unitIds = [...new Set(split.map(({ parts }) => parts[LABELLED.length]).filter(Boolean))]
  const units = await prepared<{ id: string; name: string }>(db, 'export_units', UNITS, [unitIds])
  const names = new Map(units.map(({ id, name }) => [id, name]))
  for (const { codes, parts } of split) {
    const labels = LABELLED.map(([, , words], n) => words[parts[n] ?? '']?.zh ?? parts[n] ?? '')
    known.set(codes, [...labels, names.get(parts[LABELLED.length] ?? '') ?? null].map(csvCell).join(','))
  }
}

// Whoever asked not to be named is not named in a file that leaves the house.
const RAISERS = `select distinct on (r.issue_id) r.issue_id as "issueId", p.id, p.name_cipher as "nameCipher",
    p.phone_cipher as "phoneCipher", r.name_cipher as "givenNameCipher"
  from raisers r join issues i on i.community_code = r.community_code and i.id = r.issue_id and not i.anonymous
    left join people p on p.id = r.person_id and p.anonymised_at is null
  where r.community_code = $1 and r.issue_id = any($2::uuid[]) and r.detached_at is null and r.erased_at is null
  order by r.issue_id, r.joined_at`

export interface RaiserRow {
  issueId: string
  id: string | null
  nameCipher: string | null
  phoneCipher: string | null
  givenNameCipher: string | null
}

/** Of these matters who raised each first. */
export const findRaisers = async (
  db: Db,
  communityCode: string,
  ids: readonly string[],
): Promise<Map<string, RaiserRow>> => {
  const found = await prepared<RaiserRow>(db, 'export_raisers', RAISERS, [communityCode, ids])
  return new Map(found.map((raiser) => [raiser.issueId, raiser]))
}

/** Name and number of the one who raised it, opened. */
export const raiserCells = (cipher: Deps['cipher'], communityCode: string, raiser: RaiserRow | undefined): Cell[] => {
  if (raiser === undefined) return [null, null]
  const { id, nameCipher, phoneCipher, givenNameCipher } = raiser
  if (id === null) return [givenNameCipher && openGivenName(cipher, communityCode, givenNameCipher), null]
  const person = { id, nameCipher, phoneCipher }
  return [openName(cipher, person), openPhone(cipher, person)]
}

export interface Surroundings {
  /** Whether anybody else has asked anything since this was last called. */
  othersAsked: () => boolean
  /** Told once how many matters went out, also when the reader hung up in the middle. */
  onEnd: (rows: number, complete: boolean) => Promise<void>
}

/**
 * The matters as lines of CSV, a batch at a time: one batch is read ahead while the one before is written, and nothing is held open
 * between two, so that a slow reader costs the database nothing. Order and keys never change, so none comes twice.
 */
export async function* exportIssues(
  deps: Deps,
  where: Where,
  scope: Scope,
  { community, personal, bom }: ExportQuery,
  { othersAsked, onEnd }: Surroundings,
): AsyncGenerator<string | Buffer> {
  let written = 0
  let complete = false
  let limit = SMALL_BATCH
  const labels = new Map<string, string>()
  const read = (after?: Row) => {
    const rows = readRows(deps.db, where, community, after?.id, limit)
    // A failure is met when the batch is taken; a reader who hung up takes none.
    rows.catch(() => {})
    return rows
  }
  try {
    let next: Promise<Row[]> | null = read()
    yield `${bom ? BOM : ''}${csvLine(personal ? [...HEAD, ...PERSONAL_HEAD] : HEAD)}`
    while (next) {
      const rows: Row[] = await next
      const isLast = rows.length < limit
      const crowded = othersAsked()
      limit = crowded ? SMALL_BATCH : BATCH
      if (crowded) await setTimeout(PAUSE_MS)
      next = isLast ? null : read(rows.at(-1))
      // The next question is on its way before these rows are written.
      await setImmediate()
      await learn(deps.db, labels, rows)
      const raisers = personal
        ? await findRaisers(
            deps.db,
            community,
            rows.map(({ id }) => id),
          )
        : null
      const lineOf = (row: Row) => {
        const title = csvCell(titleIn(scope, row))
        const line = `${row.number},${title},${labels.get(row.codes)},${row.ready}`
        if (!raisers) return `${line}\r\n`
        return `${line},${csvLine(raiserCells(deps.cipher, community, raisers.get(row.id)))}`
      }
      for (let from = 0; from < rows.length; from += SLICE) {
        const slice = rows.slice(from, from + SLICE)
        written += slice.length
        yield Buffer.from(slice.map(lineOf).join(''))
        await setImmediate()
      }
    }
    complete = true
  } finally {
    await onEnd(written, complete)
  }
}
