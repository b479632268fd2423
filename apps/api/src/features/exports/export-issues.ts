import { setImmediate, setTimeout } from 'node:timers/promises'
import type { exportRoutes, Query } from '@tongxin/contract'
import { FIELDS, type Field, type FieldName, STATES } from '@tongxin/lifecycle'
import type { Db } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { openGivenName, type Scope, titleIn, type Where } from '../issues/index.ts'
import { openName, openPhone } from '../people/index.ts'
import { csvCell, csvLine } from './csv-line.ts'

/** Rows of one reading. While others ask as well, their answers go first: a file may take longer, a person should not wait. */
const BATCH = 1_000
const SMALL_BATCH = 100
const PAUSE_MS = 3
const BOM = '\uFEFF'

const labelled = (column: string, labels: Record<string, { zh: string }>) =>
  `case i.${column} ${Object.entries(labels)
    .map(([code, { zh }]) => `when '${code}' then '${zh}'`)
    .join(' ')} else i.${column} end`
const optionsOf = (field: FieldName): Record<string, { zh: string }> => (FIELDS[field] as Field).options ?? {}
/** As spreadsheet programs read it, in the community's own time (UTC+8). */
const localTime = (column: string) => `left((i.${column} at time zone interval '8 hours')::text, 19)`

/**
 * The cells between title and unit, with what the database makes of each: codes and times, nothing that needs quoting. It does
 * for a million of them in a fraction of the time that reading them one by one would take.
 */
const MIDDLE: readonly (readonly [heading: string, cell: string])[] = [
  ['状态', labelled('state', STATES)],
  ['类型', labelled('kind', optionsOf('kind'))],
  ['公开范围', labelled('visibility', optionsOf('visibility'))],
  ['紧急程度', labelled('urgency', optionsOf('urgency'))],
  ['类别代码', 'i.category_code'],
  ['网格代码', 'i.grid_code'],
  ['渠道', labelled('channel', optionsOf('channel'))],
  ['办理轮次', 'i.round::text'],
  ['提出时间', localTime('raised_at')],
  ['进入现状态时间', localTime('state_since')],
  ['当前期限', localTime('due_at')],
  ['承诺办结时间', localTime('handle_due_at')],
]
const HEAD = ['编号', '标题', ...MIDDLE.map(([heading]) => heading), '主办单位', '附议户数', '外部支持数']
const PERSONAL_HEAD = ['提出人', '电话']

interface Row {
  id: string
  /** Exactly as stored: where the next reading goes on. */
  raisedAt: string
  number: string
  title: string | null
  publicTitle: string | null
  /** Lines' parts as they are written. */
  middle: string
  unit: string | null
  tail: string
}
type Cell = string | number | null
export type ExportQuery = Query<typeof exportRoutes.exportIssues>

const ROWS = (where: string, limit: string) => `select i.id, i.raised_at::text as "raisedAt", i.number, i.title,
    i.public_title as "publicTitle", ${MIDDLE.map(([, cell]) => `coalesce(${cell}, '')`).join(` || ',' || `)} as middle,
    u.name as unit, i.endorsing_households || ',' || i.external_support as tail
  from issues i left join units u on u.id = i.lead_unit_id
  where ${where} order by i.raised_at desc, i.id desc limit ${limit}`

const readRows = (db: Db, where: Where, after: Row | undefined, limit: number): Promise<Row[]> => {
  const values = [...where.values]
  const n = values.length
  const keyset = after ? ` and (i.raised_at, i.id) < ($${n + 1}::timestamptz, $${n + 2}::uuid)` : ''
  if (after) values.push(after.raisedAt, after.id)
  const text = ROWS(`${where.text}${keyset}`, `$${values.push(limit)}`)
  return prepared(db, shape('export_issues', text), text, values)
}

// Whoever asked not to be named is not named in a file that leaves the house.
const RAISERS = `select distinct on (r.issue_id) r.issue_id as "issueId", p.id, p.name_cipher as "nameCipher",
    p.phone_cipher as "phoneCipher", r.name_cipher as "givenNameCipher"
  from raisers r join issues i on i.community_code = r.community_code and i.id = r.issue_id and not i.anonymous
    left join people p on p.id = r.person_id and p.anonymised_at is null
  where r.community_code = $1 and r.issue_id = any($2::uuid[]) and r.detached_at is null and r.erased_at is null
  order by r.issue_id, r.joined_at`

interface RaiserRow {
  issueId: string
  id: string | null
  nameCipher: string | null
  phoneCipher: string | null
  givenNameCipher: string | null
}

const raisersOf = async (
  { db, cipher }: Pick<Deps, 'db' | 'cipher'>,
  communityCode: string,
  rows: readonly Row[],
): Promise<Map<string, Cell[]>> => {
  const found = await prepared<RaiserRow>(db, 'export_raisers', RAISERS, [communityCode, rows.map(({ id }) => id)])
  return new Map(
    found.map(({ issueId, id, nameCipher, phoneCipher, givenNameCipher }) => {
      if (id === null)
        return [issueId, [givenNameCipher && openGivenName(cipher, communityCode, givenNameCipher), null]]
      const person = { id, nameCipher, phoneCipher }
      return [issueId, [openName(cipher, person), openPhone(cipher, person)]]
    }),
  )
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
  const read = (after?: Row) => {
    const rows = readRows(deps.db, where, after, limit)
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
      const raisers = personal ? await raisersOf(deps, community, rows) : null
      let lines = ''
      for (const row of rows) {
        const title = csvCell(titleIn(scope, row))
        const raiser = raisers ? `,${(raisers.get(row.id) ?? [null, null]).map(csvCell).join(',')}` : ''
        lines += `${row.number},${title},${row.middle},${csvCell(row.unit)},${row.tail}${raiser}\r\n`
      }
      written += rows.length
      if (lines !== '') yield Buffer.from(lines)
    }
    complete = true
  } finally {
    await onEnd(written, complete)
  }
}
