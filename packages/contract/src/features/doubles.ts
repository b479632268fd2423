import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { MERGE_BARS, type MergeBar } from '../words.ts'
import { ownershipShare } from './households.ts'
import { personView } from './people.ts'
import { regionCode } from './regions.ts'

const mergeBar = keysOf<MergeBar>(MERGE_BARS)

export const possibleDouble = z.object({
  first: personView,
  second: personView,
  why: z.enum(['same_home', 'no_phone']).describe('同名，且同住一户，或其中一条没有电话'),
})
export type PossibleDouble = z.infer<typeof possibleDouble>

/** One of two records as it stands, and what is in the way of merging it into the other. */
const comparedPerson = z.object({
  person: personView,
  homes: z.array(
    z.object({
      id: z.uuid(),
      buildingCode: z.string(),
      door: z.string().nullable().describe('不在读者所辖区域的为空'),
      kind: z.enum(['owner', 'family', 'tenant']),
      share: ownershipShare.nullable().describe('产权份额；两条都是同一住户产权人的，合并后相加'),
    }),
  ),
  matters: z.int().describe('提出的事项件数'),
  posts: z.int().describe('授权件数，含已撤销的'),
  hasAccount: z.boolean().describe('有用户名和密码'),
  bars: z.array(mergeBar).describe('不能并入另一条的原因；空即可以'),
})
export type ComparedPerson = z.infer<typeof comparedPerson>

const params = z.object({ id: z.uuid() })
const ofWhich = z.enum(['kept', 'other'])

export const doublesRoutes = {
  listDoubles: route({
    operationId: 'listDoubles',
    method: 'GET',
    path: '/v1/people/doubles',
    summary: '可能重复的人员',
    description: '同一社区内同名的人：同住一户，或其中一条没有登记电话。',
    tag: '人员',
    permission: 'people.merge',
    query: pageQuery.extend({ region: regionCode.optional() }),
    responses: { 200: page(possibleDouble) },
  }),
  comparePeople: route({
    operationId: 'comparePeople',
    method: 'GET',
    path: '/v1/people/:id/compared-with/:otherId',
    summary: '两条人员记录对照（脱敏）',
    tag: '人员',
    permission: 'people.merge',
    params: params.extend({ otherId: z.uuid() }),
    responses: {
      200: z.object({
        sameName: z.boolean(),
        one: comparedPerson,
        other: comparedPerson,
      }),
    },
  }),
  mergePeople: route({
    operationId: 'mergePeople',
    method: 'POST',
    path: '/v1/people/:id/merge',
    summary: '把另一条记录并入此人（不能撤销，留审计记录）',
    description:
      '住户、提出的事项、意见表态和登录账号转到此人；另一条记录的登录全部结束，以后用其号码登录的是此人，两个号码都收到短信告知。已经发生的记录不改写，仍以原来的编号留存。',
    tag: '人员',
    permission: 'people.merge',
    params,
    ifMatch: true,
    body: z.strictObject({
      otherId: z.uuid(),
      otherVersion: z.int().describe('读到的另一条记录的版本'),
      name: ofWhich.default('kept').describe('用哪一条的姓名'),
      phone: ofWhich.default('kept').describe('用哪一条的电话联系；另一个号码仍可登录'),
      reason: z.string().trim().min(2).max(300),
    }),
    responses: { 200: personView },
    errors: ['conflict', 'unprocessable'],
  }),
}
