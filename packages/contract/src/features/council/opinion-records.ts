import * as z from 'zod'
import { publicId } from '../../public-id.ts'
import { route } from '../../route.ts'
import { proofView } from '../evidence.ts'

const tag = '议前意见'

/** What stays on record of opinions: its proof for everybody, and its erasure for the one who spoke. */
export const opinionRecordRoutes = {
  eraseStatement: route({
    operationId: 'eraseStatement',
    method: 'DELETE',
    path: '/v1/statements/:id',
    summary: '删除本人意见中的个人信息',
    description:
      '任何时候都可以。意见与提出人的联系从记录中删去，不可恢复；未公开过的文字一并删去，已采用的文字和大家的表态保留。证据链仍可核对。',
    tag,
    permission: 'opinions.own',
    params: z.object({ id: publicId.describe('意见') }),
    responses: { 204: null },
    errors: ['not_found'],
  }),
  readStatementProof: route({
    operationId: 'readStatementProof',
    method: 'GET',
    path: '/v1/statements/:id/proof',
    summary: '意见的证据：散列链和最近一次封存中的位置',
    description: '已采用的，任何人可查；未采用的，提出人和审核人员可查。没有提出人，也没有表态：表态不进任何记录链。',
    tag,
    permission: 'opinions.read',
    params: z.object({ id: publicId.describe('意见') }),
    responses: { 200: proofView },
    errors: ['not_found'],
  }),
  readOpinionMapProof: route({
    operationId: 'readOpinionMapProof',
    method: 'GET',
    path: '/v1/issues/:id/opinion-map/proof',
    summary: '意见分布图的证据：散列链和最近一次封存中的位置',
    description: '议决时记入存证的分布图；议决之前没有。',
    tag,
    permission: 'opinions.read',
    params: z.object({ id: publicId.describe('事项') }),
    responses: { 200: proofView },
    errors: ['not_found'],
  }),
}
