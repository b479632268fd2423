import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { media, route } from '../route.ts'
import { regionCode } from './regions.ts'
import { monthCode } from './statistics/index.ts'

interface ReportKind {
  zh: string
  en: string
  /** The headings, in their order. */
  columns: readonly string[]
  /** Of those further columns that name people. */
  personal?: readonly string[]
}

/** The monthly reports and their columns. */
export const REPORTS = {
  ledger: {
    zh: '月度台账',
    en: 'Monthly ledger',
    columns: [
      '编号',
      '标题',
      '类型',
      '公开范围',
      '渠道',
      '类别',
      '网格',
      '紧急程度',
      '办理路径',
      '状态',
      '主办单位',
      '办理轮次',
      '提出时间',
      '受理时间',
      '承诺办结时间',
      '办结时间',
    ],
    personal: ['提出人', '电话'],
  },
  overdue: {
    zh: '超期清单',
    en: 'Overdue list',
    columns: ['编号', '标题', '时限', '期限', '超期情况', '完成日期', '主办单位', '网格', '现状态'],
  },
  units: {
    zh: '单位排名',
    en: 'Unit league',
    columns: [
      '名次',
      '单位',
      '承办',
      '办结',
      '办理时限到期或完成',
      '按时',
      '按时率',
      '退单',
      '整改',
      '有效评价',
      '综合得分',
    ],
  },
  calls: {
    zh: '回访登记',
    en: 'Call-back register',
    columns: [
      '编号',
      '标题',
      '办理轮次',
      '原评价',
      '回访原因',
      '第几次',
      '回访时间',
      '已联系上',
      '是否联系过',
      '是否解决',
      '回访后评价',
      '回访结论',
    ],
    personal: ['评价人', '电话', '回访人'],
  },
} as const satisfies Record<string, ReportKind>
export type Report = keyof typeof REPORTS
export const reportOf = (kind: Report): ReportKind => REPORTS[kind]

export const REPORT_FORMATS = { xlsx: { zh: 'XLSX', en: 'XLSX' }, csv: { zh: 'CSV', en: 'CSV' } } as const
export type ReportFormat = keyof typeof REPORT_FORMATS

const kind = keysOf<Report>(REPORTS)
const format = keysOf<ReportFormat>(REPORT_FORMATS)
const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')

export const reportSchedule = z
  .object({
    kind,
    on: z.boolean(),
    format,
    setAt: instant.nullable().describe('从未设置过的为空'),
  })
  .meta({ id: 'ReportSchedule' })
export type ReportSchedule = z.infer<typeof reportSchedule>

export const keptReport = z
  .object({
    id: publicId,
    kind,
    month: monthCode,
    format,
    rows: z.int(),
    bytes: z.int(),
    madeAt: instant,
    askedByName: z.string().nullable().describe('设置每月生成的人'),
    expiresAt: instant,
  })
  .meta({ id: 'KeptReport' })
export type KeptReport = z.infer<typeof keptReport>

const tag = '报表'

export const reportRoutes = {
  downloadReport: route({
    operationId: 'downloadReport',
    method: 'GET',
    path: '/v1/reports/:kind',
    summary: '下载报表（CSV 或 XLSX）',
    description:
      '边查边发，不限条数；没有记录的月份只有表头和一行说明。姓名、电话只给可以导出的人，须写明用途。每次下载留有审计记录。',
    tag,
    permission: 'reports.read',
    params: z.object({ kind }),
    query: z.object({
      community,
      month: monthCode,
      format: format.default('xlsx'),
      personal: z.stringbool().default(false).describe('一并导出姓名、电话，须写明用途'),
      purpose: z.string().trim().min(2).max(200).optional().describe('用途'),
    }),
    responses: { 200: media('application/octet-stream') },
  }),
  listReportSchedules: route({
    operationId: 'listReportSchedules',
    method: 'GET',
    path: '/v1/report-schedules',
    summary: '每月自动生成哪些报表',
    tag,
    permission: 'reports.read',
    query: z.object({ community }),
    responses: { 200: z.object({ items: z.array(reportSchedule) }) },
  }),
  setReportSchedule: route({
    operationId: 'setReportSchedule',
    method: 'PUT',
    path: '/v1/report-schedules/:kind',
    summary: '设置每月自动生成',
    description: '开启后每月初生成上月的，不含姓名、电话，保存一年。',
    tag,
    permission: 'reports.schedule',
    params: z.object({ kind }),
    body: z.strictObject({ community, on: z.boolean(), format }),
    responses: { 200: reportSchedule },
  }),
  listKeptReports: route({
    operationId: 'listKeptReports',
    method: 'GET',
    path: '/v1/kept-reports',
    summary: '自动生成、留存待下载的报表',
    tag,
    permission: 'reports.read',
    query: pageQuery.extend({ community }),
    responses: { 200: page(keptReport) },
  }),
  downloadKeptReport: route({
    operationId: 'downloadKeptReport',
    method: 'GET',
    path: '/v1/kept-reports/:id',
    summary: '下载留存的报表',
    tag,
    permission: 'reports.read',
    params: z.object({ id: publicId }),
    responses: { 200: media('application/octet-stream') },
    errors: ['not_found'],
  }),
}
