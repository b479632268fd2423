import { STATE_CODES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { route } from '../../route.ts'
import { STATEMENT_LENGTH } from '../../words.ts'
import { regionCode } from '../regions.ts'
import { opinionRecordRoutes } from './opinion-records.ts'

export const STATEMENT_STATES = { pending: '待审核', accepted: '已采用', rejected: '未采用', erased: '已删除' } as const
export type StatementState = keyof typeof STATEMENT_STATES

export const STATEMENT_ANSWERS = { agree: '同意', disagree: '不同意', pass: '略过' } as const
export type StatementAnswer = keyof typeof STATEMENT_ANSWERS

/** Per person and matter, whatever became of them. */
export const STATEMENTS_EACH = 5

const state = keysOf<StatementState>(STATEMENT_STATES)
const answer = keysOf<StatementAnswer>(STATEMENT_ANSWERS)
const side = z.enum(['agree', 'disagree'])
const counts = z.object({ agree: z.int(), disagree: z.int(), pass: z.int() })

const posting = z.object({
  meetingId: publicId,
  title: z.string(),
  heldAt: instant,
})

export const opinionsView = z
  .object({
    issueId: publicId,
    open: z.boolean().describe('可以提出意见和表态：事项公开、列入已公告的会议、尚未议决'),
    meeting: posting.nullable().describe('将要审议它的会议'),
    statements: z.int().describe('已采用的意见条数'),
    voters: z.int().describe('已表态的人数，随意见分布图更新'),
    answers: z.int(),
    mine: z
      .object({ answered: z.int(), raised: z.int(), left: z.int().describe('还可以提出的条数') })
      .nullable()
      .describe('读者本人；不能参加的为空'),
    pending: z.int().nullable().describe('待审核的条数，只给审核的人看'),
  })
  .meta({ id: 'Opinions' })
export type OpinionsView = z.infer<typeof opinionsView>

export const openMatter = z
  .object({
    issueId: publicId,
    number: z.string(),
    title: z.string(),
    issueState: z.enum(STATE_CODES),
    meeting: posting,
    statements: z.int(),
  })
  .meta({ id: 'OpenMatter' })
export type OpenMatter = z.infer<typeof openMatter>

export const statementView = z
  .object({
    id: publicId,
    text: z.string(),
    version: z.int().describe('文字的第几版；表态时写明所读的那一版'),
    mine: z.boolean().describe('读者本人提出的'),
    answer: answer.nullable().describe('读者本人的表态'),
  })
  .meta({ id: 'Statement' })
export type StatementView = z.infer<typeof statementView>

export const ownStatement = z
  .object({
    id: publicId,
    text: z.string(),
    state,
    reason: z.string().nullable().describe('未采用的理由'),
    raisedAt: instant,
    changeable: z.boolean().describe('还没有人表态，可以修改'),
  })
  .meta({ id: 'OwnStatement' })
export type OwnStatement = z.infer<typeof ownStatement>

export const queuedStatement = z
  .object({
    id: publicId,
    text: z.string().describe('提出人要求删除的为空'),
    state,
    reason: z.string().nullable(),
    raisedAt: instant,
    decidedAt: instant.nullable(),
    answers: z.int().describe('表态人数，随意见分布图更新'),
  })
  .meta({ id: 'QueuedStatement' })
export type QueuedStatement = z.infer<typeof queuedStatement>

export const opinionMap = z
  .object({
    computedAt: instant,
    voters: z.int().describe('表过态的人数'),
    placed: z.int().describe('表态足够多、分入各组的人数；各组的数字都出自他们'),
    answers: z.int(),
    silhouette: z.number().nullable().describe('各组分得多清楚，-1 到 1；不足两组为空'),
    groups: z.array(
      z.object({
        letter: z.string().describe('组名；前后两次计算中想法相近的组沿用同一个字母'),
        size: z.int().describe('人数，不少于 5'),
        x: z.number().describe('组的中心，-1 到 1'),
        y: z.number(),
        spread: z.number().describe('组内成员离中心的均方根距离，与坐标同一尺度'),
        telling: z.array(z.object({ statementId: publicId, side })).describe('与别组不同之处，最显著的在前'),
      }),
    ),
    statements: z
      .array(z.object({ id: publicId, text: z.string(), groups: z.array(counts) }))
      .describe('每条意见在各组的表态人数，组的顺序同 groups'),
    shared: z
      .object({ agree: z.array(publicId), disagree: z.array(publicId) })
      .describe('各组都同意、都不同意的意见，共识最强的在前'),
    record: z
      .object({ recordedAt: instant, digest: z.string().describe('分布图的 SHA-256，记入存证') })
      .nullable()
      .describe('议决后存证的分布图；议决之前为空'),
  })
  .meta({ id: 'OpinionMap' })
export type OpinionMapView = z.infer<typeof opinionMap>

const issue = z.object({ id: publicId.describe('事项') })
const statement = z.object({ id: publicId.describe('意见') })
const text = z
  .string()
  .trim()
  .min(4, '请把意见写完整，至少四个字')
  .max(STATEMENT_LENGTH, `一条意见最多 ${STATEMENT_LENGTH} 字`)
const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const tag = '议前意见'

export const opinionRoutes = {
  ...opinionRecordRoutes,
  listOpenMatters: route({
    operationId: 'listOpenMatters',
    method: 'GET',
    path: '/v1/opinions',
    summary: '正在听取意见的事项',
    description: '公开、列入已公告的会议、尚未议决的事项；会期近的在前。',
    tag,
    permission: 'opinions.read',
    query: pageQuery.extend({ community }),
    responses: { 200: page(openMatter) },
  }),
  readOpinions: route({
    operationId: 'readOpinions',
    method: 'GET',
    path: '/v1/issues/:id/opinions',
    summary: '一件事项的议前意见',
    tag,
    permission: 'opinions.read',
    params: issue,
    responses: { 200: opinionsView },
    errors: ['not_found'],
  }),
  readOpinionMap: route({
    operationId: 'readOpinionMap',
    method: 'GET',
    path: '/v1/issues/:id/opinion-map',
    summary: '意见分布图',
    description:
      '把表态相近的人归为一组，给出各组的主张和各组的共识。只有组的数字，没有任何一个人的表态；不足 5 人不成组。表态后最迟十余秒更新。',
    tag,
    permission: 'opinions.read',
    params: issue,
    responses: { 200: z.object({ map: opinionMap.nullable().describe('还没有人表态时为空') }) },
    errors: ['not_found'],
  }),
  listStatements: route({
    operationId: 'listStatements',
    method: 'GET',
    path: '/v1/issues/:id/statements',
    summary: '已采用的意见',
    tag,
    permission: 'opinions.read',
    params: issue,
    query: pageQuery,
    responses: { 200: page(statementView) },
    errors: ['not_found'],
  }),
  listNextStatements: route({
    operationId: 'listNextStatements',
    method: 'GET',
    path: '/v1/issues/:id/statements/next',
    summary: '本人还没有表态的意见',
    description: '表态少的在前；同样多的，每个人的顺序不同。',
    tag,
    permission: 'opinions.take_part',
    params: issue,
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(10).describe('条数') }),
    responses: { 200: z.object({ items: z.array(statementView), left: z.int().describe('还没有表态的条数') }) },
    errors: ['not_found'],
  }),
  listOwnStatements: route({
    operationId: 'listOwnStatements',
    method: 'GET',
    path: '/v1/issues/:id/statements/mine',
    summary: '本人提出的意见',
    tag,
    permission: 'opinions.own',
    params: issue,
    responses: {
      200: z.object({ items: z.array(ownStatement), left: z.int().describe('还可以提几条；删除了的也算在内') }),
    },
    errors: ['not_found'],
  }),
  listStatementQueue: route({
    operationId: 'listStatementQueue',
    method: 'GET',
    path: '/v1/issues/:id/statements/queue',
    summary: '意见审核',
    description: '先提出的在前。不显示提出人。',
    tag,
    permission: 'opinions.moderate',
    params: issue,
    query: pageQuery.extend({ state: state.default('pending') }),
    responses: { 200: page(queuedStatement) },
    errors: ['not_found'],
  }),
  raiseStatement: route({
    operationId: 'raiseStatement',
    method: 'POST',
    path: '/v1/issues/:id/statements',
    summary: '提出意见',
    description: `住户和议事会成员，每人每件事项最多 ${STATEMENTS_EACH} 条，审核后请大家表态。提出人的姓名不对任何人显示。`,
    tag,
    permission: 'opinions.take_part',
    params: issue,
    body: z.strictObject({ text }),
    responses: { 201: ownStatement },
    errors: ['not_found', 'opinions_closed', 'conflict', 'unprocessable'],
  }),
  changeStatement: route({
    operationId: 'changeStatement',
    method: 'PATCH',
    path: '/v1/statements/:id',
    summary: '修改本人的意见',
    description: '还没有人表态时可以修改，修改后重新审核。',
    tag,
    permission: 'opinions.take_part',
    params: statement,
    body: z.strictObject({ text }),
    responses: { 200: ownStatement },
    errors: ['not_found', 'opinions_closed', 'statement_answered', 'conflict'],
  }),
  decideStatement: route({
    operationId: 'decideStatement',
    method: 'POST',
    path: '/v1/statements/:id/decision',
    summary: '审核意见',
    description: '不采用须写理由，提出人能看到。可以改变先前的决定；不采用的意见，已有的表态不再计入。',
    tag,
    permission: 'opinions.moderate',
    params: statement,
    body: z
      .strictObject({
        accepted: z.boolean(),
        reason: z.string().trim().min(2, '请写理由').max(200).optional(),
      })
      .refine(({ accepted, reason }) => accepted || reason !== undefined, {
        path: ['reason'],
        message: '不采用须写理由',
      }),
    responses: { 200: queuedStatement },
    errors: ['not_found', 'opinions_closed', 'conflict', 'unprocessable'],
  }),
  answerStatement: route({
    operationId: 'answerStatement',
    method: 'PUT',
    path: '/v1/statements/:id/answer',
    summary: '表态',
    description: '每人每条一次；可以改，以最后一次为准。须写明所读文字的版本：提出人改过的，答复 statement_changed。',
    tag,
    permission: 'opinions.take_part',
    params: statement,
    body: z.strictObject({ answer, version: z.int().min(1).max(32_000).describe('所读文字的版本') }),
    responses: { 200: statementView },
    errors: ['not_found', 'opinions_closed', 'statement_changed'],
  }),
}
