import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { media, route } from '../route.ts'
import { REPORT_FORMATS, REPORTS, type Report, type ReportFormat } from '../words.ts'
import { regionCode } from './regions.ts'
import { monthCode } from './statistics/index.ts'

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
