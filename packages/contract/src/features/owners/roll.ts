import * as z from 'zod'
import { instant, page, pageQuery } from '../../page.ts'
import { route } from '../../route.ts'
import { sheetError } from '../../sheet-error.ts'
import { community } from '../council/members.ts'
import { ownershipShare } from '../households.ts'
import { regionCode } from '../regions.ts'

/**
 * What a place is used for decides whether it counts: parking and storage carry no area and no head, unsold flats are the developer's.
 * What was entered by mistake is taken off the roll.
 */
export const FLAT_USES = {
  flat: ['', '住宅', '商铺', '商业', '办公'],
  unsold: ['未售'],
  removed: ['移除'],
  uncounted: ['车位', '车库', '储藏室', '地下室'],
} as const
export type FlatUse = keyof typeof FLAT_USES

export const rollReport = z
  .object({
    applied: z.boolean().describe('已写入；试运行或有错误时一行也不写'),
    lines: z.int(),
    added: z.int().describe('新增的房屋'),
    changed: z.int().describe('面积、业主或份额有变化的房屋'),
    removed: z.int().describe('从名册移除的房屋'),
    unchanged: z.int(),
    uncounted: z.int().describe('车位、储藏室等，不计面积和人数'),
    errorCount: z.int(),
    errors: z.array(sheetError).describe('最多列出 200 处'),
  })
  .meta({ id: 'RollReport' })
export type RollReport = z.infer<typeof rollReport>

export const rollSummary = z
  .object({
    flats: z.int(),
    areaHundredths: z.int().describe('专有部分总面积，0.01 平方米'),
    heads: z.int().nullable().describe('业主人数；有重叠共有未裁定时为空'),
    withoutArea: z.int().describe('没有登记面积的房屋'),
    undecided: z.int().describe('未裁定的重叠共有'),
    importedAt: instant.nullable(),
  })
  .meta({ id: 'OwnersRoll' })
export type RollSummary = z.infer<typeof rollSummary>

const flat = z.object({ householdId: z.uuid(), buildingCode: regionCode, building: z.string(), door: z.string() })

export const rollFlat = flat
  .extend({
    areaHundredths: z.int().nullable(),
    owners: z.array(
      z.object({ name: z.string().describe('脱敏'), developer: z.boolean(), share: ownershipShare }).strict(),
    ),
  })
  .meta({ id: 'RollFlat' })
export type RollFlat = z.infer<typeof rollFlat>

/** More hang together nowhere; a larger body is a mistake. */
const MOST_FLATS_OF_OVERLAP = 500
const headFlats = z.array(z.uuid()).min(1, '每一人至少有一套房屋')

/** Flats that share some of their owners, but not all. */
export const ownersOverlap = z
  .object({
    fingerprint: z.string().describe('由房屋和业主算出；业主有变化，裁定随之失效'),
    groups: z
      .array(z.object({ owners: z.array(z.string()).describe('脱敏'), flats: z.array(flat) }))
      .describe('业主完全相同的房屋为一组'),
    ruling: z
      .object({ heads: z.array(headFlats).describe('每一人的房屋'), reason: z.string(), decidedAt: instant })
      .nullable(),
  })
  .meta({ id: 'OwnersOverlap' })
export type OwnersOverlap = z.infer<typeof ownersOverlap>

const tag = '业主表决'
const inCommunity = z.object({ community })

export const rollRoutes = {
  readRoll: route({
    operationId: 'readRoll',
    method: 'GET',
    path: '/v1/owners-roll',
    summary: '业主名册概况',
    tag,
    permission: 'owners.manage',
    query: inCommunity,
    responses: { 200: rollSummary },
  }),
  importRoll: route({
    operationId: 'importRoll',
    method: 'POST',
    path: '/v1/owners-roll/imports',
    summary: '导入业主名册（.xlsx 或 .csv）',
    description:
      '每行写一套房屋的一位业主；共有的每人一行。列：楼栋、门牌、用途、专有部分面积、业主、证件号码、份额。文件里没有的房屋保持不变，用途写“移除”的从名册去掉。有一行有误就一行也不写。',
    tag,
    permission: 'owners.manage',
    upload: {
      field: 'file',
      mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
      maxBytes: 5_000_000,
    },
    body: z.strictObject({ community, dryRun: z.stringbool().default(true).describe('试运行：只检查，不写入') }),
    responses: { 200: rollReport },
    errors: ['unprocessable', 'body_too_large'],
  }),
  listRollFlats: route({
    operationId: 'listRollFlats',
    method: 'GET',
    path: '/v1/owners-roll/flats',
    summary: '名册上的房屋和业主（姓名脱敏）',
    tag,
    permission: 'owners.manage',
    query: pageQuery.extend({ community, region: regionCode.optional().describe('只看这栋楼') }),
    responses: { 200: page(rollFlat) },
  }),
  listOverlaps: route({
    operationId: 'listOverlaps',
    method: 'GET',
    path: '/v1/owners-roll/overlaps',
    summary: '重叠共有：同一批业主以不同组合拥有几套房屋',
    tag,
    permission: 'owners.manage',
    query: inCommunity,
    responses: { 200: z.object({ items: z.array(ownersOverlap) }) },
  }),
  ruleOverlap: route({
    operationId: 'ruleOverlap',
    method: 'POST',
    path: '/v1/owners-roll/overlaps',
    summary: '裁定重叠共有按几人计算（记入存证）',
    description: '公开的存证只写分为几人、共几套；哪几套归哪一人、理由，不公开。',
    tag,
    permission: 'owners.manage',
    body: z.strictObject({
      community,
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/, '裁定的对象有误'),
      heads: z
        .array(headFlats.max(MOST_FLATS_OF_OVERLAP))
        .min(1, '请把房屋归到业主')
        .max(MOST_FLATS_OF_OVERLAP)
        .describe('每一人的房屋；每套房屋正好归一人，业主完全相同的几套不能分开'),
      reason: z.string().trim().min(2, '请写理由').max(500),
    }),
    responses: { 200: ownersOverlap },
    errors: ['conflict', 'unprocessable'],
  }),
}
