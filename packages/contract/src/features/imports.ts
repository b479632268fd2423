import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { IMPORT_FIELDS, type ImportField } from '../words.ts'

export const importFields = Object.keys(IMPORT_FIELDS) as [ImportField, ...ImportField[]]

export const IMPORT_OUTCOMES = { created: '新增', updated: '更新', unchanged: '无变化', rejected: '拒绝' } as const
export type ImportOutcome = keyof typeof IMPORT_OUTCOMES
export const importOutcomes = Object.keys(IMPORT_OUTCOMES) as [ImportOutcome, ...ImportOutcome[]]

export const IMPORT_STATES = { waiting: '等待', running: '进行中', finished: '已完成', failed: '失败' } as const
export type ImportState = keyof typeof IMPORT_STATES

/** Why a row is not taken. The words beside it name the column and the value. */
export const IMPORT_REJECTIONS = {
  unreadable_row: '无法读取',
  missing_value: '缺少必要内容',
  bad_date: '日期有误',
  bad_number: '数字有误',
  too_long: '文字过长',
  other_text: '同一编号已录入，内容不同',
  in_hand: '已在办理，不能再录入答复',
} as const
export type ImportRejection = keyof typeof IMPORT_REJECTIONS
export const importRejections = Object.keys(IMPORT_REJECTIONS) as [ImportRejection, ...ImportRejection[]]

const community = z
  .string()
  .regex(/^\d{12}$/, '社区代码为 12 位数字')
  .meta({ example: '340803002001' })

/** Field → header, as JSON text in a form: `{"title":"主题"}`. */
const columnMap = z
  .string()
  .max(5_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: '应为 JSON，例如 {"title":"主题"}' })
      return z.NEVER
    }
  })
  .pipe(z.partialRecord(z.enum(importFields), z.string().trim().min(1).max(200)))

export const newImport = z.strictObject({
  community,
  dryRun: z.stringbool().default(false).describe('试运行：只报告每一行会怎样，不写入'),
  map: columnMap.optional().describe('字段 → 列名（JSON）；不填则按表头识别'),
  sheet: z.string().max(100).optional().describe('工作表名；不填则读第一张可见的'),
  source: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/, '只用小写字母、数字和下划线')
    .optional()
    .describe('编号属于哪个来源；不填则由表头决定'),
})

export const importView = z.object({
  id: publicId,
  community,
  fileName: z.string(),
  dryRun: z.boolean(),
  state: keysOf<ImportState>(IMPORT_STATES),
  preset: z.string().nullable(),
  source: z.string().nullable(),
  sheet: z.string().nullable(),
  unusedColumns: z.array(z.string()).describe('没有用到的列'),
  unreadSheets: z.array(z.string()).describe('没有读取的工作表'),
  totalRows: z.int().nullable().describe('文件的行数，数完才有'),
  doneRows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  requestedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  keptUntil: instant.nullable().describe('只检查过的文件加密保留到这时，此前可以写入；没有保留的为空'),
  mayWrite: z.boolean().describe('读者可以写入或放弃保留的文件'),
})
export type ImportView = z.infer<typeof importView>

export const importRowView = z.object({
  rowNumber: z.int().describe('表格里的行号；CSV 为文件的行号'),
  outcome: z.enum(importOutcomes),
  externalId: z.string().nullable(),
  issueId: z.string().nullable(),
  code: z.enum(importRejections).nullable(),
  reason: z.string().nullable(),
})
export type ImportRowView = z.infer<typeof importRowView>

const importParams = z.object({ id: publicId })
const MAX_BYTES = 50_000_000

export const importRoutes = {
  listImports: route({
    operationId: 'listImports',
    method: 'GET',
    path: '/v1/imports',
    summary: '导入记录',
    tag: '导入',
    permission: 'issues.import',
    query: pageQuery.extend({ community }),
    responses: { 200: page(importView) },
  }),
  startImport: route({
    operationId: 'startImport',
    method: 'POST',
    path: '/v1/imports',
    summary: '导入历史事项（.xlsx 或 .csv）',
    description:
      '文件收下后在后台逐行处理，进度见返回的导入记录；同一文件再导入一次不会重复。试运行的文件加密保留 24 小时，期间由检查的人写入或放弃。',
    tag: '导入',
    permission: 'issues.import',
    upload: {
      field: 'file',
      mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
      maxBytes: MAX_BYTES,
    },
    body: newImport,
    responses: { 202: importView },
    errors: ['unprocessable', 'body_too_large'],
  }),
  readImport: route({
    operationId: 'readImport',
    method: 'GET',
    path: '/v1/imports/:id',
    summary: '导入进度与结果',
    tag: '导入',
    permission: 'issues.import',
    params: importParams,
    responses: { 200: importView },
  }),
  writeImport: route({
    operationId: 'writeImport',
    method: 'POST',
    path: '/v1/imports/:id/write',
    summary: '写入检查过的文件',
    description: '由检查的人在文件保留期内写入；再次提交只返回进度，不会写入两次。',
    tag: '导入',
    permission: 'issues.import',
    params: importParams,
    responses: { 202: importView },
    errors: ['conflict', 'import_not_kept'],
  }),
  discardImportFile: route({
    operationId: 'discardImportFile',
    method: 'POST',
    path: '/v1/imports/:id/discard',
    summary: '放弃检查过的文件',
    description: '立即删除保留的文件；检查的结果仍在记录里。',
    tag: '导入',
    permission: 'issues.import',
    params: importParams,
    responses: { 200: importView },
    errors: ['import_not_kept'],
  }),
  listImportRows: route({
    operationId: 'listImportRows',
    method: 'GET',
    path: '/v1/imports/:id/rows',
    summary: '逐行报告',
    tag: '导入',
    permission: 'issues.import',
    params: importParams,
    query: pageQuery.extend({ outcome: z.enum(importOutcomes).optional() }),
    responses: { 200: page(importRowView) },
  }),
}
