import { CLASSES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { media, route } from '../../route.ts'
import { regionCode } from '../regions.ts'
import { motionView } from './motions.ts'
import { choice, shares } from './voting.ts'

/** Bits of a motion's RSA key (RFC 9474); every number below follows from it. */
export const BALLOT_KEY_BITS = 2048
/** One way of writing for each value: a token written another way would be a second ballot. */
const base64url = (bytes: number) => {
  const whole = Math.floor((bytes * 8) / 6)
  const last = { 1: '[AQgw]', 2: '[AEIMQUYcgkosw048]' }[bytes % 3] ?? ''
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${whole}}${last}$`), `须为 ${bytes} 字节的 base64url`)
}
const token = base64url(32).describe('选票的随机编号，也是回执')
const signature = base64url(BALLOT_KEY_BITS / 8)

export const VOTE_STATES = {
  may_vote: '可以投票',
  voted: '已投票',
  paper_issued: '已领选票',
  not_open: '还没有开始',
  not_here: '须先到会签到',
  by_proxy: '已委托他人',
  not_voted: '没有投票',
} as const
export type VoteState = keyof typeof VOTE_STATES

const person = z.object({ personId: z.uuid(), name: z.string().nullable() })

export const voteReceipt = z
  .object({ seq: z.int(), hash: z.string(), at: instant })
  .describe('记名投票的回执：证据链上的位置和散列值')

/** A vote the reader may cast, or could have: their own, or that of whom they stand in for. */
export const myVote = z.object({
  principal: person,
  own: z.boolean(),
  state: keysOf<VoteState>(VOTE_STATES),
  choice: choice.nullable().describe('记名投票：所投的票'),
  receipt: voteReceipt.nullable(),
})
export type MyVote = z.infer<typeof myVote>

export const ballotView = z
  .object({
    motion: motionView,
    meeting: z.object({ id: publicId, title: z.string() }),
    publicKey: z.string().nullable().describe('无记名投票：本次表决的公钥（SPKI，base64）'),
    mover: person.nullable().describe('动议人，只给议事会成员和工作人员看'),
    seconder: person.nullable(),
    byClass: z
      .object({
        representative: shares,
        party_member: shares,
        unit_member: shares.optional(),
        staff_member: shares.optional(),
      })
      .nullable()
      .describe('记名投票计票后分类的票数；有一类不足 5 票时只给议事会成员和工作人员看'),
    votes: z
      .array(
        z.object({
          personId: z.uuid(),
          name: z.string().nullable(),
          class: z.enum(CLASSES),
          proxy: person.nullable().describe('受托投票的人'),
          choice: choice.nullable().describe('没有投票的为空'),
        }),
      )
      .nullable()
      .describe('记名投票计票后谁投了什么，只给议事会成员和工作人员看'),
    mine: z.array(myVote),
    mayClose: z.boolean().describe('读者现在可以结束投票并计票'),
  })
  .meta({ id: 'Ballot' })
export type BallotView = z.infer<typeof ballotView>

export const ballotItem = z
  .object({
    motion: motionView,
    meeting: z.object({ id: publicId, title: z.string() }),
    toCast: z.int().describe('读者还可以投的票数；无记名投票为还可以领的选票'),
  })
  .meta({ id: 'BallotItem' })
export type BallotItem = z.infer<typeof ballotItem>

export const ballotBox = z
  .object({
    motionId: publicId,
    text: z.string(),
    scheme: z.literal('RSABSSA-SHA384-PSS-Randomized').describe('RFC 9474'),
    message: z.string().describe('签名的内容是 32 字节的随机编号，后接这段文字的 UTF-8'),
    publicKey: z.string().describe('SPKI，base64'),
    entitled: z.int(),
    issued: z.int(),
    cast: z.int(),
    heads: shares.nullable(),
    opened: z.boolean().describe('已开票；不足 5 票的不开票'),
    listHash: z.string().nullable().describe('按编号排序，每行“编号 选择 签名”，以换行相连，其 UTF-8 的 SHA-256'),
    ballots: z.array(z.object({ token, choice, signature })).nullable().describe('计票前为空；按编号排序'),
  })
  .meta({ id: 'BallotBox' })
export type BallotBox = z.infer<typeof ballotBox>

const params = z.object({ id: publicId })
const tag = '投票'
const principalId = uuid.optional().describe('受托投票时，委托人；默认为本人')

export const ballotRoutes = {
  listMyBallots: route({
    operationId: 'listMyBallots',
    method: 'GET',
    path: '/v1/ballots',
    summary: '我的投票',
    description: '正在进行的，和最近 30 天内计票的；只列出读者在名册上的，以及即将开始的。',
    tag,
    permission: 'ballots.vote',
    query: z.object({ community: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码') }),
    responses: { 200: z.object({ items: z.array(ballotItem) }) },
  }),
  readBallot: route({
    operationId: 'readBallot',
    method: 'GET',
    path: '/v1/motions/:id',
    summary: '一件表决和它的投票',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: ballotView },
    errors: ['not_found'],
  }),
  castVote: route({
    operationId: 'castVote',
    method: 'POST',
    path: '/v1/motions/:id/votes',
    summary: '记名投票',
    description: '本人一票；凭委托另投委托人的一票。投出后不能更改。',
    tag,
    permission: 'ballots.vote',
    params,
    body: z.strictObject({ choice, principalId }),
    responses: { 201: voteReceipt },
    errors: ['motion_closed', 'ballot_not_open', 'already_voted', 'not_entitled', 'unprocessable'],
  }),
  drawPaper: route({
    operationId: 'drawPaper',
    method: 'POST',
    path: '/v1/motions/:id/papers',
    summary: '领取无记名选票',
    description:
      '对盲化的选票签名（RFC 9474）。名册只记已领取，不记时间；同一张盲化的选票可以重新取回，遗失的不补。没有 Idempotency-Key。',
    tag,
    permission: 'ballots.vote',
    params,
    body: z.strictObject({ blinded: signature.describe('盲化的选票'), principalId }),
    idempotency: false,
    unlogged: true,
    responses: { 200: z.object({ blindSignature: signature }) },
    errors: ['motion_closed', 'ballot_not_open', 'paper_issued', 'not_entitled', 'unprocessable'],
  }),
  castPaper: route({
    operationId: 'castPaper',
    method: 'POST',
    path: '/v1/motions/:id/ballots',
    summary: '投出无记名选票',
    description: '不带登录信息、Cookie 和 Idempotency-Key，也不写访问日志。相同的选票重复投出，答复相同。',
    tag,
    permission: 'ballots.cast',
    params,
    body: z.strictObject({ token, signature, choice }),
    idempotency: false,
    anonymous: true,
    unlogged: true,
    responses: { 201: z.object({ token }) },
    errors: ['motion_closed', 'ballot_not_open', 'already_voted', 'paper_invalid', 'unprocessable'],
  }),
  listBallots: route({
    operationId: 'listBallots',
    method: 'GET',
    path: '/v1/motions/:id/ballots',
    summary: '无记名投票的票箱',
    description: '计票前只有领票和投票的张数；计票后公布全部选票，任何人都可以用校验程序复核。',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: ballotBox },
    errors: ['not_found', 'unprocessable'],
  }),
  closeBallot: route({
    operationId: 'closeBallot',
    method: 'POST',
    path: '/v1/motions/:id/close',
    summary: '结束投票并计票',
    description: '由主持人：会场投票随时可以；线上投票在截止之前须名册上的人都投了票，截止时自动计票。',
    tag,
    permission: 'meetings.attend',
    params,
    responses: { 200: ballotView },
    errors: ['motion_closed', 'ballot_running', 'unprocessable'],
  }),
  readBallotVerifier: route({
    operationId: 'readBallotVerifier',
    method: 'GET',
    path: '/v1/ballot-verifier',
    summary: '校验程序',
    description: '不依赖其他程序的脚本，Node 18 以上：`node verify-ballots.mjs 票箱.json`。',
    tag,
    permission: 'public.read',
    responses: { 200: media('text/javascript') },
  }),
}
