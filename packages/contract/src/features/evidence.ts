import * as z from 'zod'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('64 位十六进制摘要')
const hashName = z.enum(['sha256', 'sm3']).describe('摘要算法')
const tenantCode = z.string().regex(/^\d{12}$/, '请填写 12 位代码')

export const sealView = z
  .object({
    communityCode: tenantCode,
    seq: z.int().describe('第几次封存，从 1 起连续'),
    date: z.iso.date().describe('封存日（北京时间）'),
    root: hash.describe('当日有变化的各条记录链之默克尔根'),
    leafCount: z.int(),
    previous: hash.nullable().describe('上一次封存的摘要'),
    hash,
    hashName,
    sealedAt: instant,
  })
  .meta({ id: 'Seal' })

/** Everything needed to check, without asking anybody, that a record is part of a published seal. */
export const proofView = z
  .object({
    subject: z.string().describe('记录链的名称：类型:编号'),
    links: z
      .array(
        z.object({
          seq: z.int(),
          action: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          occurredAt: instant,
          recordedAt: instant,
          recordHash: hash,
          personalHash: hash.nullable(),
          previous: hash.nullable(),
          hash,
          hashName,
        }),
      )
      .describe('记录链的全部环节，从第一环起'),
    sealed: z
      .object({
        seal: sealView,
        seq: z.int().describe('封存时的最后一环'),
        index: z.int().describe('在叶子中的序号，从 0 起'),
        leaf: hash,
        proof: z.array(hash).describe('从叶子到根的各级兄弟节点'),
      })
      .nullable()
      .describe('最近一次封存；尚未封存时为空'),
  })
  .meta({ id: 'Proof' })

const tag = '存证'

export const evidenceRoutes = {
  listSeals: route({
    operationId: 'listSeals',
    method: 'GET',
    path: '/v1/seals',
    summary: '每日封存，最近的在前',
    description: '每个社区每天一次，没有变化的日子也封存。前后相连：改动任何一次，之后的都不再相符。',
    tag,
    permission: 'public.read',
    query: pageQuery.extend({ community: tenantCode.describe('社区代码') }),
    responses: { 200: page(sealView) },
  }),
  listSealLeaves: route({
    operationId: 'listSealLeaves',
    method: 'GET',
    path: '/v1/seals/:communityCode/:seq/leaves',
    summary: '一次封存的全部叶子，按序',
    description: '只给出摘要，不透露是哪些事项；可由此重新算出默克尔根。',
    tag,
    permission: 'public.read',
    params: z.object({ communityCode: tenantCode, seq: z.coerce.number().int().min(1).max(1_000_000) }),
    query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(1000).default(1000).describe('每页条数') }),
    responses: { 200: page(z.object({ index: z.int(), leaf: hash })) },
    errors: ['not_found'],
  }),
}
