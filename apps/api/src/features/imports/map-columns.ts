import { type ImportField, importFields } from '@tongxin/contract'

/** Field → header of the file. */
export type ColumnMap = Partial<Record<ImportField, string>>

export interface Preset {
  code: string
  zh: string
  /** Where the numbers come from: the two message files are of one board and share its numbers. */
  source: string
  columns: ColumnMap
}

const messageBoard = {
  number: '留言编号',
  raiser: '留言用户',
  title: '留言主题',
  raisedAt: '留言时间',
  body: '留言详情',
}

/** Known files, the more specific first: all of a preset's columns must be there. */
export const PRESETS: readonly Preset[] = [
  {
    code: 'message_board_answered',
    zh: '留言板（已答复）',
    source: 'message_board',
    columns: { ...messageBoard, answer: '答复意见', answeredAt: '答复时间' },
  },
  {
    code: 'message_board_raised',
    zh: '留言板（留言）',
    source: 'message_board',
    columns: { ...messageBoard, support: '点赞数', opposition: '反对数' },
  },
]

/** Other names under which a field's column is found when no preset fits. */
const ALIASES: Record<ImportField, readonly string[]> = {
  number: ['编号', '留言编号', '工单编号', '事项编号', '案件编号', 'number', 'id'],
  raiser: ['留言用户', '提出人', '反映人', '诉求人', '来电人', '姓名', 'raiser'],
  title: ['主题', '留言主题', '标题', '事项标题', 'title', 'subject'],
  raisedAt: ['留言时间', '提出时间', '反映时间', '创建时间', 'raisedat'],
  body: ['详情', '留言详情', '内容', '诉求内容', '问题描述', '描述', 'body', 'text'],
  answer: ['答复意见', '答复', '答复内容', '办理结果', '处理结果', 'answer'],
  answeredAt: ['答复时间', '办结时间', '完成时间', 'answeredat'],
  support: ['点赞数', '支持数', '点赞', 'support', 'likes'],
  opposition: ['反对数', '点踩数', 'opposition', 'dislikes'],
}

export type ColumnMapping =
  | { preset: string | null; source: string; columns: ColumnMap; unused: string[]; error?: undefined }
  | { error: string }

/**
 * Finds each field's column. Order: explicit `map`, then the first preset all of whose columns are there, then known
 * names. An explicit entry wins over both, for its field and for its column.
 */
export const mapColumns = (headers: readonly string[], map: ColumnMap = {}): ColumnMapping => {
  for (const [field, header] of Object.entries(map)) {
    if (!headers.includes(header))
      return { error: `文件里没有“${header}”这一列（映射给 ${field}）；有：${headers.join('、')}` }
  }
  const preset = PRESETS.find(({ columns }) => Object.values(columns).every((header) => headers.includes(header)))
  const taken = new Set(Object.values(map))
  const found = Object.entries({ ...findByAlias(headers), ...preset?.columns }).filter(
    ([, header]) => !taken.has(header),
  )
  const columns: ColumnMap = { ...Object.fromEntries(found), ...map }

  const missing = missingFields(columns)
  if (missing) return { error: `${missing}；文件里有：${headers.join('、')}。可用 --map 字段=列名 指明` }
  const used = Object.values(columns)
  const twice = used.find((header, index) => used.indexOf(header) !== index)
  if (twice) return { error: `“${twice}”这一列被用了两次` }
  return {
    preset: preset?.code ?? null,
    source: preset?.source ?? 'table',
    columns,
    unused: headers.filter((header) => !used.includes(header)),
  }
}

const findByAlias = (headers: readonly string[]): ColumnMap => {
  const found: ColumnMap = {}
  for (const field of importFields) {
    const header = headers.find((name) => ALIASES[field].includes(name.toLowerCase()))
    if (header) found[field] = header
  }
  return found
}

const missingFields = (columns: ColumnMap): string | null => {
  if (!columns.raisedAt) return '缺少“提出时间”列（raisedAt）'
  if (!columns.title && !columns.body) return '缺少“主题”列（title）或“详情”列（body）'
  if (columns.answer && !columns.answeredAt) return '有“答复”列而缺少“答复时间”列（answeredAt）'
  if (columns.answeredAt && !columns.answer) return '有“答复时间”列而缺少“答复”列（answer）'
  return null
}

/** `title=主题,raisedAt=时间` → map. Fields are those of `importFields`. */
export const parseMap = (text: string): { map: ColumnMap; error?: undefined } | { error: string } => {
  const map: ColumnMap = {}
  for (const pair of text.split(/[,，]/).filter((part) => part.trim() !== '')) {
    const split = pair.indexOf('=')
    const field = pair.slice(0, split).trim()
    const header = pair.slice(split + 1).replace(/\s+/g, '')
    if (split < 0 || !isImportField(field) || header === '') {
      return { error: `看不懂的映射“${pair.trim()}”，应为 字段=列名；字段有：${importFields.join('、')}` }
    }
    map[field] = header
  }
  return { map }
}

const isImportField = (name: string): name is ImportField => (importFields as readonly string[]).includes(name)
