import * as z from 'zod'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { SUPERVISION_LISTS } from '../words.ts'
import { regionCode } from './regions.ts'

const ofMatter = {
  issueId: publicId,
  issueNumber: z.string().meta({ example: '2026-000123' }),
  issueTitle: z.string().nullable().describe('已删除个人信息的为空；街道、区只看到不含个人信息的'),
  community: z.string().describe('社区代码'),
  communityName: z.string().nullable(),
}

export const whistleView = z
  .object({
    ...ofMatter,
    seq: z.int().describe('吹哨是事项的第几条记录'),
    round: z.int(),
    reason: z.string().nullable().describe('第三轮整改自行升级的为空'),
    unitName: z.string().nullable().describe('吹哨指向的街道单位；空为整个街道'),
    madeAt: instant,
    dueAt: instant.describe('报到期限'),
    overdue: z.boolean(),
    reportedAt: instant.nullable(),
    reportingUnitName: z.string().nullable(),
    report: z.string().nullable(),
  })
  .meta({ id: 'Whistle' })
export type WhistleView = z.infer<typeof whistleView>

export const supervisionView = z
  .object({
    ...ofMatter,
    seq: z.int().describe('督办是事项的第几条记录'),
    order: z.string(),
    madeAt: instant,
    dueAt: instant.describe('回复期限'),
    overdue: z.boolean(),
    answer: z.string().nullable(),
    answeredAt: instant.nullable(),
  })
  .meta({ id: 'Supervision' })
export type SupervisionView = z.infer<typeof supervisionView>

const listQuery = pageQuery.extend({ region: regionCode.describe('区、街道或社区的代码') })

export const streetRoutes = {
  listWhistles: route({
    operationId: 'listWhistles',
    method: 'GET',
    path: '/v1/whistles',
    summary: '吹哨报到：待报到的按期限，已报到的后到期的在前',
    description: '街道经办人只看到吹向本单位或整个街道的，以及本单位报到的。',
    tag: '街道',
    permission: 'whistles.read',
    query: listQuery.extend({ state: z.enum(['open', 'reported']).default('open') }),
    responses: { 200: page(whistleView) },
    errors: ['not_found'],
  }),
  listSupervisions: route({
    operationId: 'listSupervisions',
    method: 'GET',
    path: '/v1/supervisions',
    summary: '督办清单：待回复、已逾期、已回复',
    tag: '街道',
    permission: 'supervisions.read',
    query: listQuery.extend({ list: z.enum(SUPERVISION_LISTS).default('open') }),
    responses: { 200: page(supervisionView) },
    errors: ['not_found'],
  }),
}
