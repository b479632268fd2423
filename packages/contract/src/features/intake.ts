import { STATE_CODES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { instant } from '../page.ts'
import { route } from '../route.ts'
import { categoryCode } from './categories.ts'
import { issueId, raiseBody } from './issues.ts'
import { personView } from './people.ts'

/** Characters of what is pasted at once: a long evening in a busy group. */
const PASTED_LENGTH = 50_000

export const PASTED_ASIDES = { small_talk: '应答', support: '附和', media: '图片等', system: '系统提示' } as const

const said = {
  sender: z.string().nullable().describe('群里显示的名字；看不出是谁的为空'),
  saidAt: instant.nullable().describe('什么时候说的；没有写、或晚于现在的为空'),
}

/** One draft: nothing of it is kept until it is raised. */
export const pastedMatter = z
  .object({
    ...said,
    title: z.string().describe('建议的标题，不超过 30 字，已自动隐去个人信息；拟不出的为空'),
    body: z.string(),
    supporters: z.array(z.string()).describe('随后附和的人，只作提示，不算附议'),
    media: z.int().describe('没能一起复制的图片、语音等有几个'),
  })
  .meta({ id: 'PastedMatter' })
export type PastedMatter = z.infer<typeof pastedMatter>

export const pastedAside = z
  .object({ ...said, text: z.string(), kind: z.enum(['small_talk', 'support', 'media', 'system']) })
  .meta({ id: 'PastedAside' })
export type PastedAside = z.infer<typeof pastedAside>

const matter = {
  id: issueId,
  number: z.string().meta({ example: '2026-000123' }),
  title: z.string().nullable(),
  state: z.enum(STATE_CODES),
  raisedAt: instant,
}

export const similarMatter = z
  .object({
    ...matter,
    place: z.enum(['building', 'grid']).nullable().describe('与所填的同楼栋、同网格'),
    sameCategory: z.boolean(),
    takesMore: z.boolean().describe('可以并入：已受理、尚未公示'),
  })
  .meta({ id: 'SimilarMatter' })
export type SimilarMatter = z.infer<typeof similarMatter>

export const raiserMatter = z
  .object({
    ...matter,
    open: z.boolean().describe('还在办'),
    contactedAt: instant.nullable().describe('首次联系提出人的时间；还没有联系的为空'),
  })
  .meta({ id: 'RaiserMatter' })
export type RaiserMatter = z.infer<typeof raiserMatter>

export const raiserHistory = z
  .object({
    person: personView.pick({ name: true, phone: true, level: true }).nullable().describe('脱敏；没有登记的为空'),
    openCount: z.int(),
    count: z.int().describe('近一年提出、读者可见的'),
    items: z.array(raiserMatter).describe('最近的 20 件'),
  })
  .meta({ id: 'RaiserHistory' })
export type RaiserHistory = z.infer<typeof raiserHistory>

const tag = '代为提事'
const { community, regionCode, raiser } = raiseBody.shape
const phone = raiser.unwrap().shape.phone.unwrap()

export const intakeRoutes = {
  readPastedMessages: route({
    operationId: 'readPastedMessages',
    method: 'POST',
    path: '/v1/intake/pasted',
    summary: '识别从群里复制的消息，一件事一份草稿',
    description: '什么都不保存。识别不出的格式，全文作为一份草稿。',
    tag,
    permission: 'intake.use',
    body: z.strictObject({ text: z.string().min(1).max(PASTED_LENGTH) }),
    idempotency: false,
    responses: {
      200: z.object({
        matters: z.array(pastedMatter),
        asides: z.array(pastedAside).describe('看来不是一件事的：应答、附和、系统提示'),
      }),
    },
  }),
  findSimilarMatters: route({
    operationId: 'findSimilarMatters',
    method: 'POST',
    path: '/v1/intake/similar',
    summary: '疑似重复：相近的在办事项和近 90 天了结的事项',
    description: '至多 5 件，最相近的在前。不公开的事项不在其中。内容含个人信息，不进网址，也不保存。',
    tag,
    permission: 'intake.use',
    body: z.strictObject({
      community,
      title: z.string().trim().max(200).default(''),
      body: z.string().trim().max(20_000).default(''),
      regionCode,
      categoryCode: categoryCode.optional(),
    }),
    idempotency: false,
    responses: { 200: z.object({ items: z.array(similarMatter).max(5) }) },
  }),
  findRaiserHistory: route({
    operationId: 'findRaiserHistory',
    method: 'POST',
    path: '/v1/intake/raiser',
    summary: '按手机号看提出人近一年提过的事（号码不进网址）',
    tag,
    permission: 'intake.use',
    body: z.strictObject({ community, phone }),
    idempotency: false,
    responses: { 200: raiserHistory },
  }),
}
