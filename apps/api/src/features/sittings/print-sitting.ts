import type { Readable } from 'node:stream'
import { SITTING_REASONS, type SittingItem, type SittingView } from '@tongxin/contract'
import { ACTIONS, FIELDS, type Field, type FieldName } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { openOfficialPage } from '../minutes/index.ts'

const UNIT_NAMES = `select id, name from units where id = any($1::uuid[])`

const inWords = (at: string, options: Intl.DateTimeFormatOptions): string =>
  new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', ...options })

const unitsIn = ({ decision }: SittingItem): string[] => {
  const { leadUnitId, unitId, coUnits } = (decision?.fields ?? {}) as {
    leadUnitId?: string
    unitId?: string
    coUnits?: { unitId: string }[]
  }
  return [leadUnitId, unitId, ...(coUnits ?? []).map((part) => part.unitId)].filter((id) => id !== undefined)
}

const said = (field: Field, value: unknown, unitName: (id: string) => string): string => {
  if (field.options) return field.options[String(value)]?.zh ?? String(value)
  switch (field.type) {
    case 'boolean':
      return value === true ? '是' : '否'
    case 'date_time':
      return inWords(String(value), { dateStyle: 'long', timeStyle: 'short' })
    case 'id':
      return field.names === 'unit' ? unitName(String(value)) : ''
    case 'parts':
      return (value as { unitId: string; task?: string }[])
        .map(({ unitId, task }) => (task === undefined ? unitName(unitId) : `${unitName(unitId)}（${task}）`))
        .join('、')
    case 'text':
    case 'long_text':
      return String(value)
    default:
      return ''
  }
}

const decided = ({ decision, itemState, note }: SittingItem, unitName: (id: string) => string): string => {
  if (decision === null) return itemState === 'noted' && note !== null ? `记录在案，下次再议：${note}` : '下次再议'
  const parts = Object.entries(decision.fields).flatMap(([name, value]) => {
    const field: Field = FIELDS[name as FieldName]
    const text = said(field, value, unitName)
    return text === '' ? [] : `${field.zh}：${text}`
  })
  return [ACTIONS[decision.action].zh, ...parts].join('；')
}

/** What was decided of each matter, as an A4 PDF; of closed sittings only. */
export const printSitting = async (
  on: Queryable,
  { directory }: Pick<Deps, 'directory'>,
  communityCode: string,
  sitting: SittingView,
): Promise<Readable> => {
  const community = (await directory.regions.tree()).get(communityCode)?.name ?? communityCode
  const rows = await prepared<{ id: string; name: string }>(on, 'sitting_unit_names', UNIT_NAMES, [
    sitting.items.flatMap(unitsIn),
  ])
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const unitName = (id: string) => names.get(id) ?? ''
  const title = `第${sitting.number}次联席会议记录`
  const at = sitting.closedAt ?? sitting.heldAt
  const page = await openOfficialPage({ title: `${community}${title}`, author: community, at: new Date(at) })
  page.mark(`${community}联席办公室`, `第 ${sitting.number} 次`)
  page.title(title)
  page.entry('时间', inWords(sitting.openedAt ?? sitting.heldAt, { dateStyle: 'long', timeStyle: 'short' }))
  page.entry('地点', sitting.place)
  const present = sitting.units.filter((unit) => unit.present).map((unit) => unit.unitName)
  page.entry('到会', present.join('、') || '社区')
  for (const [i, item] of sitting.items.entries()) {
    page.paragraph(' ')
    page.paragraph(`${i + 1}. ${item.issueTitle ?? ''}（${item.issueNumber}）`, { style: 'bold', lines: 2 })
    page.entry('事由', SITTING_REASONS[item.reason])
    page.entry('决定', decided(item, unitName))
  }
  page.paragraph(' ')
  page.signature(`${community}联席办公室`, inWords(at, { dateStyle: 'long' }))
  page.finish({ header: `${community}　${title}`, check: '', across: null })
  return page.doc as unknown as Readable
}
