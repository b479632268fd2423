import { setImmediate, setTimeout } from 'node:timers/promises'
import type { exportRoutes, MatterColumn, Query } from '@tongxin/contract'
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
const joined = (cells: readonly string[]) => cells.map((cell) => `coalesce(${cell}, '')`).join(` || ',' || `) || `''`
/** As spreadsheet programs read it, in the community's own time (UTC+8). */
const localTime = (column: string) => `left((i.${column} at time zone interval '8 hours')::text, 19)`

/** A cell that stands for a code, put into words by a table or by what the directories call it. */
interface Labelled {
  heading: string
  column: string
  words: Record<string, { zh: string }> | 'units' | 'categories' | 'regions'
}
/** Few rows differ in these, so they are put into words once, not for each. */
const LABELLED = {
  stage: { heading: '状态', column: 'state', words: STATES },
  kind: { heading: '类型', column: 'kind', words: optionsOf('kind') },
  visibility: { heading: '公开范围', column: 'visibility', words: optionsOf('visibility') },
  urgency: { heading: '紧急程度', column: 'urgency', words: optionsOf('urgency') },
  channel: { heading: '渠道', column: 'channel', words: optionsOf('channel') },
  unit: { heading: '主办单位', column: 'lead_unit_id::text', words: 'units' },
  category: { heading: '类别', column: 'category_code', words: 'categories' },
  grid: { heading: '网格', column: 'grid_code', words: 'regions' },
} satisfies Record<string, Labelled>
/** Cells that the database writes itself, as they hold nothing that needs quoting: reading each of a million takes far longer. */
const READY = {
  categoryCode: ['类别代码', 'i.category_code'],
  gridCode: ['网格代码', 'i.grid_code'],
  round: ['办理轮次', 'i.round::text'],
  raised: ['提出时间', localTime('raised_at')],
  since: ['进入现状态时间', localTime('state_since')],
  due: ['当前期限', localTime('due_at')],
  promised: ['承诺办结时间', localTime('handle_due_at')],
  support: ['附议户数', 'i.endorsing_households::text'],
  external: ['外部支持数', 'i.external_support::text'],
} satisfies Record<string, readonly [heading: string, cell: string]>
type Column = keyof typeof LABELLED | keyof typeof READY
const isLabelled = (column: Column): column is keyof typeof LABELLED => Object.hasOwn(LABELLED, column)
const isReady = (column: Column): column is keyof typeof READY => Object.hasOwn(READY, column)

/** Without a choice: all there is, codes as codes. */
const WHOLE: readonly Column[] = [
  ...(['stage', 'kind', 'visibility', 'urgency', 'channel', 'unit'] as const),
  ...(Object.keys(READY) as (keyof typeof READY)[]),
]
const PERSONAL_HEAD = ['提出人', '电话']

/** What a file holds beside the title, and how its cells are asked for and put together. */
function planOf(chosen: readonly MatterColumn[] | undefined) {
  const numbered = chosen?.includes('number') ?? true
  const columns: readonly Column[] = chosen?.filter((column) => column !== 'number') ?? WHOLE
  const labelled = columns.filter(isLabelled).map((column): Labelled => LABELLED[column])
  const ready = columns.filter(isReady).map((column) => READY[column])
  const head = columns.map((column) => (isLabelled(column) ? LABELLED[column].heading : READY[column][0]))
  // Words first and ready cells after them are what is read: a file in that order is put together as it comes.
  const order = columns.map((column) =>
    isLabelled(column)
      ? columns.filter(isLabelled).indexOf(column)
      : labelled.length + columns.filter(isReady).indexOf(column),
  )
  const isAsRead = order.every((from, at) => from === at)
  const select = `i.id, i.number, i.title, i.public_title as "publicTitle",
  ${joined(labelled.map(({ column }) => `i.${column}`))} as codes,
  ${joined(ready.map(([, cell]) => cell))} as ready`
  const cellsOf = (words: readonly string[], cells: string): string => {
    if (isAsRead) return [...words, ...(ready.length > 0 ? [cells] : [])].join(',')
    const all = [...words, ...cells.split(',')]
    return order.map((from) => all[from]).join(',')
  }
  return { numbered, labelled, select, cellsOf, head: [...(numbered ? ['编号'] : []), '标题', ...head] }
}
type Plan = ReturnType<typeof planOf>

interface Row {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  /** The codes of what is put into words, `''` for none. */
  codes: string
  /** The cells of READY. */
  ready: string
}
/** Read together; the next begins after `after`. */
interface Batch {
  rows: Row[]
  after: Row | undefined
  isLast: boolean
}
export type Cell = string | number | null
export type ExportQuery = Query<typeof exportRoutes.exportIssues>

/** The matters after the one named `after`; neither its time nor its id ever changes. */
const readRows = (
  db: Db,
  { select }: Plan,
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
  const text = `select ${select} from issues i where ${where.text}${keyset}
    order by i.raised_at desc, i.id desc limit $${values.push(limit)}`
  return prepared(db, shape('export_issues', text), text, values)
}

/** Of those for which something runs out, which are the open ones, in the list's order of what does so first, as it stands now. */
const idsByDue = async (db: Db, { text: where, values }: Where): Promise<string[]> => {
  const text = `select i.id from issues i where ${where} and i.due_at is not null order by i.due_at, i.id`
  const rows = await prepared<{ id: string }>(db, shape('export_ids_by_due', text), text, values)
  return rows.map(({ id }) => id)
}

const readRowsOf = (db: Db, { select }: Plan, where: Where, ids: readonly string[]): Promise<Row[]> => {
  const text = `select ${select} from unnest($${where.values.length + 1}::uuid[]) with ordinality k (id, nth)
    join issues i on i.id = k.id where ${where.text} order by k.nth`
  return prepared(db, shape('export_issues_of', text), text, [...where.values, ids])
}

const NAMES = {
  units: 'select id::text as code, name from units where id = any($1::uuid[])',
  categories: 'select code, name from categories where code = any($1::text[])',
  regions: 'select code, name from regions where code = any($1::text[])',
}

/** Puts codes into words that `known` lacks yet. */
const learn = async (
  db: Db,
  { labelled }: Plan,
  known: Map<string, readonly string[]>,
  rows: readonly Row[],
): Promise<void> => {
  const unknown = [...new Set(rows.map(({ codes }) => codes))].filter((codes) => !known.has(codes))
  if (unknown.length === 0) return
  const split = unknown.map((codes) => ({ codes, parts: codes.split(',') }))
  const words = await Promise.all(
    labelled.map(async ({ words: from }, n) => {
      const codes = [...new Set(split.map(({ parts }) => parts[n] ?? ''))].filter(Boolean)
      if (typeof from !== 'string') return new Map(codes.map((code) => [code, from[code]?.zh ?? code]))
      const names = await prepared<{ code: string; name: string }>(db, `export_${from}`, NAMES[from], [codes])
      return new Map(names.map(({ code, name }) => [code, name]))
    }),
  )
  for (const { codes, parts } of split)
    known.set(
      codes,
      words.map((names, n) => csvCell(names.get(parts[n] ?? '') ?? parts[n] ?? null)),
    )
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
 * between two, so that a slow reader costs the database nothing. Order and keys never change, so none comes twice; what runs out first
 * does change while a file is written, as clocks start and stop, so that its order is taken down before, and the others follow.
 */
export async function* exportIssues(
  deps: Deps,
  where: Where,
  scope: Scope,
  { community, personal, bom, columns, order }: ExportQuery,
  { othersAsked, onEnd }: Surroundings,
): AsyncGenerator<string | Buffer> {
  let written = 0
  let complete = false
  let limit = SMALL_BATCH
  const plan = planOf(columns)
  const labels = new Map<string, readonly string[]>()
  try {
    const first = order === 'due' ? await idsByDue(deps.db, where) : []
    const isFirst = new Set(first)
    let from = 0
    const readBatch = async (after: Row | undefined): Promise<Batch> => {
      const ids = first.slice(from, from + limit)
      from += ids.length
      if (ids.length > 0) return { rows: await readRowsOf(deps.db, plan, where, ids), after, isLast: false }
      const rows = await readRows(deps.db, plan, where, community, after?.id, limit)
      return { rows: rows.filter(({ id }) => !isFirst.has(id)), after: rows.at(-1), isLast: rows.length < limit }
    }
    const read = (after?: Row) => {
      const batch = readBatch(after)
      // A failure is met when the batch is taken; a reader who hung up takes none.
      batch.catch(() => {})
      return batch
    }
    let next: Promise<Batch> | null = read()
    yield `${bom ? BOM : ''}${csvLine(personal ? [...plan.head, ...PERSONAL_HEAD] : plan.head)}`
    while (next) {
      const { rows, after, isLast }: Batch = await next
      const crowded = othersAsked()
      limit = crowded ? SMALL_BATCH : BATCH
      if (crowded) await setTimeout(PAUSE_MS)
      next = isLast ? null : read(after)
      // The next question is on its way before these rows are written.
      await setImmediate()
      await learn(deps.db, plan, labels, rows)
      const raisers = personal
        ? await findRaisers(
            deps.db,
            community,
            rows.map(({ id }) => id),
          )
        : null
      const lineOf = (row: Row) => {
        const title = csvCell(titleIn(scope, row))
        const cells = plan.cellsOf(labels.get(row.codes) ?? [], row.ready)
        const line = `${plan.numbered ? `${row.number},` : ''}${title}${cells && `,${cells}`}`
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
