import * as z from 'zod'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { media, route } from '../../route.ts'
import { agendaItemBody, MOST_PAPERS, paperTitle } from './agenda.ts'
import { meetingView } from './meetings.ts'

const params = z.object({ id: publicId })
const itemParams = params.extend({ itemId: publicId })
const tag = '议事会'
const meetingAnswer = { 200: meetingView }
const errors = ['meeting_wrong_state', 'unprocessable'] as const

export const agendaRoutes = {
  setAgenda: route({
    operationId: 'setAgenda',
    method: 'PUT',
    path: '/v1/meetings/:id/agenda',
    summary: '编排议程',
    description:
      '按顺序给出全部议程项：不在其中的撤下，新列的议题须是已列议题、且不在别的会议上；报告、通报、前次决议落实情况写明标题。公告之前：公告的议程不再改动。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({
      items: z.array(agendaItemBody).max(50),
      reviewed,
    }),
    ifMatch: true,
    responses: meetingAnswer,
    errors,
  }),
  attachPapers: route({
    operationId: 'attachPapers',
    method: 'POST',
    path: '/v1/meetings/:id/agenda/:itemId/papers',
    summary: '为议程项附材料',
    description: '开会之前。议程公开的，材料也公开；留下记录。',
    tag,
    permission: 'meetings.manage',
    params: itemParams,
    body: z.strictObject({
      papers: z
        .array(z.strictObject({ attachmentId: publicId.describe('上传材料后得到的编号'), title: paperTitle }))
        .min(1)
        .max(MOST_PAPERS),
      reviewed,
    }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: [...errors, 'attachment_not_found', 'attachment_already_used'],
  }),
  removePaper: route({
    operationId: 'removePaper',
    method: 'DELETE',
    path: '/v1/meetings/:id/agenda/:itemId/papers/:paperId',
    summary: '撤下材料',
    description: '任何时候，散会之后也可以。文件删除，曾附过的记录和散列值保留。',
    tag,
    permission: 'meetings.manage',
    params: itemParams.extend({ paperId: publicId }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['not_found'],
  }),
  readPaper: route({
    operationId: 'readPaper',
    method: 'GET',
    path: '/v1/meetings/:id/papers/:paperId',
    summary: '查看会议材料',
    description: 'PDF 或 JPEG；能看会议的人都能看。',
    tag,
    permission: 'meetings.read',
    params: params.extend({ paperId: publicId }),
    responses: { 200: media('*/*'), 304: null },
    errors: ['not_found'],
  }),
  takeUpItem: route({
    operationId: 'takeUpItem',
    method: 'POST',
    path: '/v1/meetings/:id/agenda/:itemId/begin',
    summary: '进行这一项议程',
    description: '由主持人；计时从此刻起，正在听取的报告、通报随之结束。议题须先开议。',
    tag,
    permission: 'meetings.attend',
    params: itemParams,
    responses: meetingAnswer,
    errors,
  }),
  finishItem: route({
    operationId: 'finishItem',
    method: 'POST',
    path: '/v1/meetings/:id/agenda/:itemId/end',
    summary: '结束听取',
    description: '由主持人；报告、通报、前次决议落实情况。议题由议决、续议结束。',
    tag,
    permission: 'meetings.attend',
    params: itemParams,
    responses: meetingAnswer,
    errors,
  }),
  noteItem: route({
    operationId: 'noteItem',
    method: 'PUT',
    path: '/v1/meetings/:id/agenda/:itemId/note',
    summary: '记录议程项的会中情况',
    description: '开会时，由主持人或工作人员；起草纪要时随之写入。',
    tag,
    permission: 'meetings.attend',
    params: itemParams,
    body: z.strictObject({ text: z.string().trim().max(5000) }),
    ifMatch: true,
    responses: meetingAnswer,
    errors,
  }),
}
