import * as z from 'zod'
import { textProposal } from './personal-data.ts'

interface ErrorKind {
  status: number
  zh: string
  en: string
}

const kinds = <const E extends Record<string, ErrorKind>>(errors: E): E => errors

/** Every code a problem answer can carry. The code is stable; the words may be improved. */
export const ERRORS = kinds({
  invalid_input: { status: 400, zh: '提交的内容有误，请检查后再试', en: 'The input is not valid' },
  malformed_body: { status: 400, zh: '请求内容不完整或格式不正确', en: 'The request body cannot be read' },
  malformed_request: { status: 400, zh: '请求格式不正确', en: 'The request cannot be read' },
  idempotency_key_required: {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头',
    en: 'An Idempotency-Key header is required',
  },
  unauthenticated: { status: 401, zh: '请先登录', en: 'Sign in first' },
  wrong_credentials: { status: 401, zh: '账号或密码不正确', en: 'The user name or the password is wrong' },
  wrong_code: { status: 401, zh: '验证码不正确或已过期', en: 'The code is wrong or has expired' },
  session_ended: { status: 401, zh: '登录已失效，请重新登录', en: 'The session has ended, sign in again' },
  account_locked: {
    status: 403,
    zh: '您的账号已被锁定，请联系社区书记或系统管理员',
    en: 'Your account is locked: ask the community secretary or the administrator',
  },
  proof_needed: {
    status: 403,
    zh: '请先用当前密码或短信验证码确认是您本人',
    en: 'Prove first that it is you, by your current password or a code to your phone',
  },
  username_taken: {
    status: 409,
    zh: '这个账号已有人使用，请换一个',
    en: 'Somebody has this user name already, choose another',
  },
  last_administrator: {
    status: 409,
    zh: '这是这个区域最后一位能登录的系统管理员，不能锁定',
    en: 'Nobody else could administer this region: the last administrator is not locked',
  },
  key_invalid: {
    status: 401,
    zh: '接口密钥无效、已停用或已到期',
    en: 'The key is not known, was ended, or has expired',
  },
  insufficient_scope: { status: 403, zh: '该接口密钥不包含此项权限', en: 'The key does not cover this' },
  forbidden: { status: 403, zh: '您没有权限进行此操作', en: 'You may not do this' },
  not_found: { status: 404, zh: '未找到相应内容', en: 'Not found' },
  route_not_found: { status: 404, zh: '没有这个地址', en: 'There is no such address' },
  conflict: { status: 409, zh: '与现有内容冲突', en: 'This conflicts with what is recorded' },
  action_refused: { status: 409, zh: '当前不能进行此操作', en: 'This action is not possible now' },
  request_in_progress: { status: 409, zh: '相同的请求正在处理中', en: 'The same request is being handled' },
  attachment_already_used: {
    status: 409,
    zh: '照片已用于其他记录，请重新上传',
    en: 'The photo belongs to another record',
  },
  import_not_kept: {
    status: 410,
    zh: '检查过的文件已不再保留，请重新选择文件检查',
    en: 'The checked file is kept no longer: choose it again',
  },
  meeting_wrong_state: {
    status: 409,
    zh: '会议当前的状态不能进行此操作',
    en: 'The meeting is not in a state for this',
  },
  meeting_too_early: {
    status: 409,
    zh: '还没到开会的时间：最早在会议时间前两小时开会；要提前开，请先修改会议时间',
    en: 'A meeting opens at the earliest two hours before its time; to hold it earlier, change its time first',
  },
  motion_open: { status: 409, zh: '有表决尚未计票，请先计票或撤回', en: 'A motion has not been counted yet' },
  motion_closed: { status: 409, zh: '该表决已计票或已撤回', en: 'The motion was counted or withdrawn already' },
  ballot_not_open: { status: 409, zh: '现在不在投票时间', en: 'The ballot is not open now' },
  ballot_running: { status: 409, zh: '投票尚未结束', en: 'The ballot has not ended yet' },
  already_voted: { status: 409, zh: '已经投过票，不能再投', en: 'This vote was cast already' },
  paper_issued: {
    status: 409,
    zh: '选票已经领取，遗失不补',
    en: 'The paper was issued already; a lost one is not issued again',
  },
  paper_invalid: { status: 422, zh: '选票无效', en: 'The paper is not valid' },
  not_entitled: { status: 403, zh: '您不在本次表决的投票名册上', en: 'You are not on the roll of this ballot' },
  no_quorum: { status: 409, zh: '到会人数未达到法定人数', en: 'There is no quorum' },
  opinions_closed: { status: 409, zh: '这件事项现在不听取意见', en: 'Opinions on this matter are not being taken' },
  statement_changed: {
    status: 409,
    zh: '这条意见的文字已修改，请读过新的再表态',
    en: 'The statement has been changed since it was read',
  },
  statement_answered: { status: 409, zh: '已有人表态，不能再修改', en: 'The statement has been answered already' },
  unit_has_open_orders: {
    status: 409,
    zh: '该单位还有未办结的工单，请先改派、免办或办结',
    en: 'The unit has open work orders: replace, waive or finish them first',
  },
  stale_version: { status: 412, zh: '内容已被他人更新，请刷新后再试', en: 'The record has changed since it was read' },
  body_too_large: { status: 413, zh: '提交的内容过大', en: 'The request is too large' },
  unsupported_media_type: { status: 415, zh: '不支持这种内容格式', en: 'The content type is not supported' },
  heic_not_supported: {
    status: 415,
    zh: '暂不支持 HEIC 照片，请改用 JPEG（苹果手机：设置 → 相机 → 格式 → 兼容性最佳）',
    en: 'HEIC photos are not supported, send a JPEG',
  },
  unsupported_image: {
    status: 415,
    zh: '只支持 JPEG、PNG、WebP 照片',
    en: 'Only JPEG, PNG and WebP photos are supported',
  },
  unprocessable: { status: 422, zh: '内容无法处理', en: 'The content cannot be processed' },
  attachment_not_found: {
    status: 422,
    zh: '照片不存在或已过期，请重新上传',
    en: 'There is no such photo, or it has expired',
  },
  idempotency_key_reused: {
    status: 422,
    zh: '该 Idempotency-Key 已用于另一个请求',
    en: 'The Idempotency-Key was used for another request',
  },
  precondition_required: { status: 428, zh: '缺少 If-Match 请求头', en: 'An If-Match header is required' },
  too_many_attempts: { status: 429, zh: '尝试次数过多，请稍后再试', en: 'Too many attempts, try again later' },
  internal: { status: 500, zh: '系统出错了，请稍后再试', en: 'Something went wrong' },
  unavailable: { status: 503, zh: '服务暂时不可用，请稍后再试', en: 'The service is unavailable for the moment' },
})

export type ErrorCode = keyof typeof ERRORS

export const errorCodes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** RFC 9457 `application/problem+json`. */
export const problem = z
  .object({
    type: z.string().describe('错误类型的地址'),
    title: z.string().describe('错误的英文名称'),
    status: z.int().describe('HTTP 状态码'),
    code: z.enum(errorCodes).describe('稳定的错误代码'),
    detail: z.string().describe('中文说明'),
    reason: z.string().optional().describe('更具体的原因代码，例如办理动作被拒绝的原因'),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          proposal: textProposal
            .optional()
            .describe('公开文字中疑有个人信息时：建议的文字，以及各处在所提交文字（去首尾空白后）中的位置'),
        }),
      )
      .optional()
      .describe('有误的字段'),
    requestId: z.string().optional().describe('请求编号，反馈问题时请提供'),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problem>
export type FieldProblem = NonNullable<Problem['errors']>[number]
