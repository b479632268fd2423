import { OWNERS_RULES, PAPER_OBJECTION_HOURS } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { route } from '../../route.ts'
import { community } from '../council/members.ts'
import { proposalBody, proposalView } from '../council/proposals.ts'
import { choice, shares } from '../council/voting.ts'
import { regionCode } from '../regions.ts'

export const OWNERS_VOTE_STATES = {
  posted: '公告中',
  open: '投票中',
  counting: '待计票',
  passed: '通过',
  failed: '未通过',
  withdrawn: '已撤回',
} as const
export type OwnersVoteState = keyof typeof OWNERS_VOTE_STATES

const ownersRule = z.enum(OWNERS_RULES)
export const voteFlat = z.object({
  buildingCode: regionCode,
  building: z.string(),
  door: z.string(),
  areaHundredths: z.int(),
})

const check = z.object({
  what: z.enum(['participation', 'agreement']).describe('参与表决，或同意'),
  of: z.enum(['heads', 'area']).describe('人数（户数），或专有部分面积'),
  part: z.int(),
  whole: z.int(),
  over: z.boolean().describe('须超过 n/d；否则须达到'),
  n: z.int(),
  d: z.int(),
  reached: z.boolean(),
})
export type OwnersCheck = z.infer<typeof check>

export const ownersVoteView = z
  .object({
    id: publicId,
    meetingId: publicId,
    issueId: publicId,
    issueNumber: z.string(),
    issueTitle: z.string().nullable().describe('公开标题'),
    text: z.string(),
    rule: ownersRule,
    state: keysOf<OwnersVoteState>(OWNERS_VOTE_STATES),
    postedAt: instant,
    opensAt: instant,
    closesAt: instant,
    resultDueAt: instant.describe('应公布结果的期限'),
    overdue: z.boolean().describe('过了期限还没有公布结果'),
    objectionsUntil: instant.nullable().describe('截止后计入的纸质票还在异议期，到这时才计票'),
    countedAt: instant.nullable(),
    roll: z
      .object({ heads: z.int(), flats: z.int(), areaHundredths: z.int() })
      .describe('发布公告时固定的名册：人数（户数）、房屋套数、总面积'),
    turnout: z.object({ heads: z.int(), areaHundredths: z.int() }).describe('已投票的人数和面积'),
    result: z
      .object({
        heads: shares,
        area: shares.nullable().describe('0.01 平方米；户代表表决不计面积'),
        quorum: z.boolean(),
        passed: z.boolean(),
        checks: z.array(check).describe('每一项门槛：分子、分母、要求的分数，据此可以复算'),
        byProxy: z.int().describe('由受托人投票的人数（户数）'),
        papersOpen: z.int().describe('计票时两次录入未达成一致、没有计入的纸质票'),
      })
      .nullable(),
    proposal: proposalView.nullable(),
  })
  .meta({ id: 'OwnersVote' })
export type OwnersVoteView = z.infer<typeof ownersVoteView>

/** What one head of the roll is to somebody bound to one of its flats, or to whom it gave its proxy. */
export const ownHead = z
  .object({
    headNo: z.int(),
    flats: z.array(voteFlat),
    areaHundredths: z.int(),
    vote: z
      .object({
        way: z.enum(['online', 'paper']),
        choice,
        at: instant,
        mine: z.boolean().describe('是我投的'),
        byProxy: z.boolean().describe('由受托人投的'),
      })
      .nullable(),
    objected: z.boolean().describe('共有人提出过异议，只能交全体共有人签名的纸质票'),
    proxy: z
      .object({
        id: z.uuid(),
        holder: z.string().nullable().describe('受托人，脱敏'),
        giver: z.string().nullable().describe('在线委托的业主，脱敏；书面委托的为空'),
        givenAt: instant,
        onPaper: z.boolean().describe('书面委托，由工作人员登记'),
        toMe: z.boolean().describe('我是受托人'),
      })
      .nullable()
      .describe('现有的委托'),
    mayVote: z.boolean(),
    mayAppoint: z.boolean().describe('可以委托他人'),
    mayRevoke: z.boolean().describe('可以撤回委托'),
    mayObject: z.boolean(),
    objectUntil: instant.nullable().describe('可以提出异议的期限；不能提异议的为空'),
  })
  .meta({ id: 'OwnHead' })
export type OwnHead = z.infer<typeof ownHead>

const paper = z.object({
  choice,
  signedByAll: z.boolean().describe('全体共有人签名'),
  byProxy: z.boolean().describe('由登记的受托人签名'),
})

/** A head as staff see it who enter papers: never what was chosen online, nor what another entered, before they read it themselves. */
export const paperHead = z
  .object({
    headNo: z.int(),
    flats: z.array(voteFlat),
    areaHundredths: z.int(),
    state: z
      .enum(['none', 'once', 'disagree', 'voted_online', 'voted_paper'])
      .describe('未投、已录一次、录入不一致、已在线投票、纸质票已计入'),
    objected: z.boolean(),
    proxy: z
      .object({ holder: z.string().nullable().describe('脱敏'), onPaper: z.boolean() })
      .nullable()
      .describe('现有的委托'),
    mine: paper.nullable().describe('我录入的'),
    others: z.array(paper.extend({ name: z.string().nullable() })).describe('别人录入的；我也录入过、且不一致时才列出'),
  })
  .meta({ id: 'PaperHead' })
export type PaperHead = z.infer<typeof paperHead>

export const voteParams = z.object({ id: publicId })
export const headNo = z.int().min(1).max(1_000_000)
const tag = '业主表决'

export const ownersVoteRoutes = {
  putToOwners: route({
    operationId: 'putToOwners',
    method: 'POST',
    path: '/v1/meetings/:id/owners-votes',
    summary: '发布业主（户代表）表决公告',
    description:
      '由主持人就正在议的议题发布。名册随公告固定；公告满 15 日才能开始投票。投票截止后自动计票，结果须在 3 日内公布。',
    tag,
    permission: 'meetings.attend',
    params: voteParams,
    body: z
      .strictObject({
        issueId: publicId,
        text: z.string().trim().min(2, '请写表决内容').max(2000),
        rule: ownersRule,
        opensAt: instant.describe('投票开始，公告满 15 日'),
        closesAt: instant.describe('投票截止'),
        proposal: proposalBody.optional(),
        reviewed,
      })
      .refine(({ opensAt, closesAt }) => Date.parse(closesAt) > Date.parse(opensAt), {
        path: ['closesAt'],
        message: '截止时间须在开始之后',
      }),
    responses: { 201: ownersVoteView },
    errors: ['meeting_wrong_state', 'motion_open', 'unprocessable'],
  }),
  listOwnersVotes: route({
    operationId: 'listOwnersVotes',
    method: 'GET',
    path: '/v1/owners-votes',
    summary: '业主表决列表',
    tag,
    permission: 'meetings.read',
    query: pageQuery.extend({ community }),
    responses: { 200: page(ownersVoteView) },
  }),
  readOwnersVote: route({
    operationId: 'readOwnersVote',
    method: 'GET',
    path: '/v1/owners-votes/:id',
    summary: '业主表决公告、进度与结果',
    tag,
    permission: 'meetings.read',
    params: voteParams,
    responses: { 200: ownersVoteView },
  }),
  listOwnHeads: route({
    operationId: 'listOwnHeads',
    method: 'GET',
    path: '/v1/owners-votes/:id/mine',
    summary: '我在这次表决中的票，和我受托的票',
    tag,
    permission: 'ballots.vote',
    params: voteParams,
    responses: { 200: z.object({ items: z.array(ownHead) }) },
  }),
  voteAsOwner: route({
    operationId: 'voteAsOwner',
    method: 'POST',
    path: '/v1/owners-votes/:id/votes',
    summary: '业主（户）在线投票',
    description:
      '一位业主（一户）一票，投出后不能更改；共有的房屋由先投的人代表，其他共有人可以在截止前提出异议。受托人凭委托投票；业主自己投票，委托即终止。',
    tag,
    permission: 'ballots.vote',
    params: voteParams,
    body: z.strictObject({ headNo, choice }),
    responses: { 201: ownHead },
    errors: ['ballot_not_open', 'motion_closed', 'already_voted', 'not_entitled', 'conflict', 'unprocessable'],
  }),
  objectToVote: route({
    operationId: 'objectToVote',
    method: 'POST',
    path: '/v1/owners-votes/:id/objections',
    summary: '共有人对已投的票提出异议',
    description: `那一票随即作废；此后只能交全体共有人签名的纸质票。在线投的，截止前；纸质的，计入后至少 ${PAPER_OBJECTION_HOURS} 小时。`,
    tag,
    permission: 'ballots.vote',
    params: voteParams,
    body: z.strictObject({ headNo }),
    responses: { 201: ownHead },
    errors: ['motion_closed', 'not_entitled', 'conflict'],
  }),
  listPaperHeads: route({
    operationId: 'listPaperHeads',
    method: 'GET',
    path: '/v1/owners-votes/:id/papers',
    summary: '纸质票录入：按业主',
    tag,
    permission: 'owners.enter',
    params: voteParams,
    query: pageQuery.extend({
      unsettled: z.stringbool().optional().describe('只列录了一次的和不一致的'),
      building: regionCode.optional().describe('只列这栋楼的'),
    }),
    responses: { 200: page(paperHead) },
  }),
  enterPaper: route({
    operationId: 'enterPaper',
    method: 'POST',
    path: '/v1/owners-votes/:id/papers',
    summary: '录入一张纸质票',
    description: '由两名工作人员各自录入，互相看不到；一致才计入，不一致的由两人核对更正，或由第三人录入。',
    tag,
    permission: 'owners.enter',
    params: voteParams,
    body: z
      .strictObject({ headNo, choice, signedByAll: z.boolean().default(false), byProxy: z.boolean().default(false) })
      .refine(({ signedByAll, byProxy }) => !(signedByAll && byProxy), {
        path: ['byProxy'],
        message: '一张票要么由全体共有人签名，要么由受托人签名',
      }),
    responses: { 200: paperHead },
    errors: ['ballot_not_open', 'motion_closed', 'already_voted', 'unprocessable'],
  }),
  countOwnersVote: route({
    operationId: 'countOwnersVote',
    method: 'POST',
    path: '/v1/owners-votes/:id/count',
    summary: '计票并公布结果',
    description:
      '截止时没有待核对、还在异议期的纸质票则自动计票；否则由工作人员核对完后计票，仍不一致的不计入，张数随结果公布。',
    tag,
    permission: 'owners.manage',
    params: voteParams,
    body: z.strictObject({}),
    responses: { 200: ownersVoteView },
    errors: ['ballot_running', 'motion_closed'],
  }),
}
