import type { exportRoutes, Query } from '@tongxin/contract'
import { FIELDS, type Field, STATES, type State } from '@tongxin/lifecycle'
import type { Db } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { listIssueRows, openGivenName, presentItem, type Scope, type Where } from '../issues/index.ts'
import { openName, openPhone } from '../people/index.ts'
import { csvLine } from './csv-line.ts'

/** Rows held at once. */
const BATCH = 1_000
const BOM = '\uFEFF'
const HEAD = [
  '编号',
  '标题',
  '状态',
  '类型',
  '公开范围',
  '紧急程度',
  '类别代码',
  '网格代码',
  '渠道',
  '办理轮次',
  '提出时间',
  '进入现状态时间',
  '当前期限',
  '承诺办结时间',
  '主办单位',
  '附议户数',
  '外部支持数',
]
const PERSONAL_HEAD = ['提出人', '电话']

type Row = Awaited<ReturnType<typeof listIssueRows>>[number]
type Cell = string | number | null
export type ExportQuery = Query<typeof exportRoutes.exportIssues>

const UNITS = 'select id, name from units where id = any($1::uuid[])'
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

const label = (field: 'kind' | 'visibility' | 'urgency' | 'channel', code: string | null): string | null => {
  const { options }: Field = FIELDS[field]
  return code === null ? null : (options?.[code]?.zh ?? code)
}

/** As spreadsheet programs read it, in the community's own time. */
const localTime = (instant: string | null): string | null =>
  instant === null ? null : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

const unitNames = async (db: Db, rows: readonly Row[]): Promise<Map<string, string>> => {
  const ids = [...new Set(rows.flatMap(({ leadUnitId }) => leadUnitId ?? []))]
  if (ids.length === 0) return new Map()
  const units = await prepared<{ id: string; name: string }>(db, 'export_units', UNITS, [ids])
  return new Map(units.map(({ id, name }) => [id, name]))
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

const cellsOf = (row: Row, title: string | null, unit: string | null): Cell[] => [
  row.number,
  title,
  STATES[row.state as State].zh,
  label('kind', row.kind),
  label('visibility', row.visibility),
  label('urgency', row.urgency),
  row.categoryCode,
  row.gridCode,
  label('channel', row.channel),
  row.round,
  localTime(row.raisedAt),
  localTime(row.stateSince),
  localTime(row.dueAt),
  localTime(row.handleDueAt),
  unit,
  row.endorsingHouseholds,
  row.externalSupport,
]

/**
 * The matters as lines of CSV, a batch at a time: nothing is read before the last batch was taken, and nothing is held open
 * between two, so that a slow reader costs the database nothing. Order and keys never change, so none comes twice.
 */
export async function* exportIssues(
  deps: Deps,
  where: Where,
  scope: Scope,
  query: ExportQuery,
): AsyncGenerator<string> {
  const { db } = deps
  const { community, personal, bom } = query
  yield `${bom ? BOM : ''}${csvLine(personal ? [...HEAD, ...PERSONAL_HEAD] : HEAD)}`
  for (let after: readonly string[] | null = null; ; ) {
    const rows: Row[] = await listIssueRows(db, where, after, BATCH)
    const [units, raisers] = await Promise.all([
      unitNames(db, rows),
      personal ? raisersOf(deps, community, rows) : new Map<string, Cell[]>(),
    ])
    // Taken before the rows are presented, which gives them their public ids.
    const last = rows.at(-1)
    const next: readonly string[] = last ? [last.raisedAt, last.id] : []
    const lines = rows.map((row) => {
      const raiser = personal ? (raisers.get(row.id) ?? [null, null]) : []
      const unit = row.leadUnitId === null ? null : (units.get(row.leadUnitId) ?? null)
      const { title } = presentItem(community, scope, row)
      return csvLine([...cellsOf(row, title, unit), ...raiser])
    })
    if (lines.length > 0) yield lines.join('')
    if (rows.length <= BATCH) return
    after = next
  }
}
