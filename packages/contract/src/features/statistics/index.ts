import * as z from 'zod'
import { pageQuery } from '../../page.ts'
import { media, route } from '../../route.ts'
import { issueItem } from '../issues.ts'
import { regionCode } from '../regions.ts'
import { figuresView, groupFigures, measureCode, monthCode, publicFigures } from './figures.ts'

export * from './figures.ts'
export * from './measures.ts'

const tag = '统计'
const community = z.string().regex(/^\d{12}$/, '社区代码为 12 位数字')
const unitOrNone = z.union([z.uuid(), z.literal('none')])
const categoryOrNone = z.union([z.string().regex(/^\d{6}$/), z.literal('none')])
const gridOrNone = z.union([z.string().regex(/^\d{15}$/), z.literal('none')])

export const BREAKDOWNS = ['day', 'month', 'region', 'unit', 'category'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

const period = {
  from: monthCode.describe('起始月份'),
  to: monthCode.describe('截止月份（含）'),
}
const narrowed = {
  grid: gridOrNone.optional().describe('网格代码；none 为未填网格的'),
  unit: unitOrNone.optional().describe('主办单位；none 为未派单的'),
  category: categoryOrNone.optional().describe('类别代码；none 为未分类的'),
}

export const statisticsGroup = z.object({
  key: z.string().describe('日期、月份、区域、单位或类别的代码；none 为没有的'),
  name: z.string().nullable(),
  figures: groupFigures,
  lastYear: groupFigures.nullable().describe('上年同月，只在按月分组时有'),
})

export const statistics = z
  .object({
    region: regionCode,
    name: z.string(),
    path: z.array(z.object({ code: regionCode, name: z.string() })).describe('从区到本区域的各级'),
    from: monthCode,
    to: monthCode,
    exact: z.boolean().describe('中位数和九成用时是否逐件算出'),
    total: figuresView,
    lastYear: figuresView.describe('上年同期'),
    groups: z.array(statisticsGroup),
  })
  .meta({ id: 'Statistics' })
export type Statistics = z.infer<typeof statistics>

export const measuredMatter = issueItem
  .extend({
    day: z.iso.date().describe('这项数字记在哪一天'),
    nth: z.int().describe('同一事项的第几次'),
    value: z.int().describe('时长（毫秒）、评价等级、数量，或 1'),
  })
  .meta({ id: 'MeasuredMatter' })
export type MeasuredMatter = z.infer<typeof measuredMatter>

export const yearReport = z
  .object({
    community: z.string(),
    name: z.string(),
    year: z.int().nullable().describe('所报告的年度；近十二个月的为空'),
    from: monthCode,
    to: monthCode,
    figures: publicFigures,
    lastYear: z.object({ raised: z.int(), closed: z.int() }).describe('上年同期'),
    months: z.array(z.object({ month: monthCode, raised: z.int(), closed: z.int() })),
    categories: z
      .array(z.object({ code: z.string(), name: z.string(), raised: z.int(), closed: z.int() }))
      .describe('件数少于 5 的类别并入“其他”（code 为 other），以免从少数几件认出是谁的事'),
    votes: z.int().describe('议事会和业主表决中投出的票数'),
  })
  .meta({ id: 'YearReport' })
export type YearReport = z.infer<typeof yearReport>

const reportParams = z.object({ code: community })
// No period of the reader's choosing: the difference of two would tell of a single month, and of whoever was judged in it.
const reportQuery = z.object({
  year: z.coerce.number().int().min(1970).max(2100).optional().describe('已结束的年度；省略为至本月的十二个月'),
})

export const statisticsRoutes = {
  readStatistics: route({
    operationId: 'readStatistics',
    method: 'GET',
    path: '/v1/statistics',
    summary: '统计：件数、用时、按时、三率和成效，可分组，与上年同期对照',
    description:
      '区域可以是区、街道、社区或网格。数字每分钟更新一次；时长分布的区间宽不超过 5%，各承诺时长恰为区间边界。',
    tag,
    permission: 'statistics.read',
    query: z.object({
      region: regionCode,
      ...period,
      ...narrowed,
      by: z.enum(BREAKDOWNS).optional().describe('分组；day 只用于一个月，最多再按一项筛选为空'),
      exact: z.stringbool().default(false).describe('总数的中位数和九成用时逐件算出'),
    }),
    responses: { 200: statistics },
    errors: ['not_found'],
  }),
  listMeasuredMatters: route({
    operationId: 'listMeasuredMatters',
    method: 'GET',
    path: '/v1/statistics/matters',
    summary: '一个数字背后的事项',
    description: '由近及远。读者看不到的事项（公众看不到不公开的）计入数字，但不在其中。',
    tag,
    permission: 'issues.read',
    query: z.object({
      community,
      measure: measureCode,
      ...period,
      ...narrowed,
      least: z.coerce.number().int().optional().describe('值不小于'),
      most: z.coerce.number().int().optional().describe('值不大于'),
      ...pageQuery.shape,
    }),
    responses: { 200: z.object({ items: z.array(measuredMatter), nextCursor: z.string().nullable() }) },
  }),
  readYearReport: route({
    operationId: 'readYearReport',
    method: 'GET',
    path: '/v1/communities/:code/report',
    summary: '年度成绩单',
    tag,
    permission: 'public.read',
    params: reportParams,
    query: reportQuery,
    responses: { 200: yearReport },
    errors: ['not_found'],
  }),
  readYearReportPdf: route({
    operationId: 'readYearReportPdf',
    method: 'GET',
    path: '/v1/communities/:code/report.pdf',
    summary: '年度成绩单（PDF，A4）',
    tag,
    permission: 'public.read',
    params: reportParams,
    query: reportQuery,
    responses: { 200: media('application/pdf') },
    errors: ['not_found'],
  }),
}
