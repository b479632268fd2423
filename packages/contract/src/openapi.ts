import { ROLES } from '@tongxin/lifecycle'
import * as z from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { ERRORS, type ErrorCode, errorCodes, problem } from './errors.ts'
import { PERMISSIONS, type PermissionRule, scopeFor } from './permissions.ts'
import { isMedia, isWrite, type RouteContract, takesIdempotencyKey } from './route.ts'
import { allRoutes } from './routes.ts'

const INTRODUCTION = `社区“提事、议事、办事、评事”全流程的接口。

- 时间为 ISO 8601 的 UTC 时刻，以 Z 结尾；编号（\`id\`）是不透明的字符串。
- 列表按游标翻页：把 \`nextCursor\` 作为下一次的 \`cursor\`；为 null 时已到最后一页。
- 写操作须带 \`Idempotency-Key\`：同一个键重复提交只生效一次，并得到同样的答复（24 小时内）。
- 改变状态的操作须带 \`If-Match\`，值为读到的版本；内容已被他人更新时答复 412。
- 出错时答复 \`application/problem+json\`（RFC 9457），\`code\` 稳定不变，\`detail\` 为中文说明。
- 看不到的内容答复 404；看得到但不能操作的答复 403。`

const DESCRIPTIONS: Record<number, string> = {
  200: '成功',
  201: '已建立',
  202: '已接受',
  204: '成功，没有内容',
  400: '请求有误',
  401: '需要登录',
  403: '没有权限',
  404: '未找到',
  409: '冲突',
  412: '版本已过时',
  413: '内容过大',
  415: '内容格式不受支持',
  422: '无法处理',
  428: '缺少前提条件',
  429: '尝试次数过多',
  500: '系统出错',
  503: '服务暂时不可用',
}

const idempotencyKey = z.string().min(1).max(255).describe('由调用方生成的唯一键，建议用 UUID；重试同一请求时保持不变')
const ifMatch = z.string().describe('读到的版本，例如 "7"').meta({ example: '"7"' })
const retryAfter = z.int().describe('多少秒之后可以再试')
const replayed = z.literal('true').optional().describe('答复来自先前的同一请求')

/** Every code this route may answer with, by what kind of route it is. */
export function errorCodesOf(contract: RouteContract): ErrorCode[] {
  const codes = new Set<ErrorCode>(contract.errors)
  if (contract.params || contract.query || contract.body) codes.add('invalid_input')
  if (contract.params) codes.add('not_found')
  const who: PermissionRule['roles'] = PERMISSIONS[contract.permission].roles
  if (!contract.anonymous) codes.add('session_ended').add('key_invalid').add('insufficient_scope')
  if (who !== 'anyone') codes.add('unauthenticated')
  if (who !== 'anyone' && who !== 'signed_in') codes.add('forbidden')
  if (isWrite(contract) && (contract.body || contract.upload)) {
    codes.add('malformed_body').add('body_too_large').add('unsupported_media_type')
  }
  if (takesIdempotencyKey(contract)) codes.add('idempotency_key_required').add('idempotency_key_reused')
  if (contract.ifMatch) codes.add('precondition_required').add('stale_version')
  codes.add('internal').add('unavailable')
  return [...codes]
}

function responsesOf(contract: RouteContract): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {}
  for (const [status, schema] of Object.entries(contract.responses)) {
    const headers = takesIdempotencyKey(contract) ? z.object({ 'Idempotency-Replayed': replayed }) : undefined
    const content = !schema
      ? undefined
      : isMedia(schema)
        ? { [schema.mediaType]: { schema: z.string().meta({ format: 'binary' }) } }
        : { 'application/json': { schema } }
    responses[status as `${1 | 2 | 3 | 4 | 5}${string}`] = {
      description: DESCRIPTIONS[Number(status)] ?? status,
      ...(headers && { headers }),
      ...(content && { content }),
    }
  }
  for (const status of new Set(errorCodesOf(contract).map((code) => ERRORS[code].status))) {
    responses[`${status}` as `4${string}`] = { $ref: `#/components/responses/Problem${status}` }
  }
  return responses
}

/** One answer for each status an error can have, with its codes. */
function problemResponses(): Record<string, ZodOpenApiResponseObject> {
  const responses: Record<string, ZodOpenApiResponseObject> = {}
  for (const [status, codes] of Map.groupBy(errorCodes, (code) => ERRORS[code].status)) {
    const words = codes.map((code) => `\`${code}\` ${ERRORS[code].zh}`).join('；')
    responses[`Problem${status}`] = {
      description: `${DESCRIPTIONS[status] ?? ''}：${words}`,
      ...((status === 429 || status === 503) && { headers: z.object({ 'Retry-After': retryAfter }) }),
      content: { 'application/problem+json': { schema: problem } },
    }
  }
  return responses
}

function whoMay(contract: RouteContract): string {
  const { roles, zh }: PermissionRule = PERMISSIONS[contract.permission]
  if (roles === 'anyone') return `权限：${zh}（任何人）`
  if (roles === 'signed_in') return `权限：${zh}（登录后）`
  return `权限：${zh}（${roles.map((role) => ROLES[role].zh).join('、')}）`
}

const errorsOf = (contract: RouteContract) =>
  `错误代码：${errorCodesOf(contract)
    .map((code) => `\`${code}\``)
    .join('、')}`

function bodyOf(contract: RouteContract): ZodOpenApiOperationObject['requestBody'] {
  if (contract.upload) {
    const { field, mediaTypes, maxBytes } = contract.upload
    const file = z.string().meta({
      format: 'binary',
      description: `${mediaTypes.join('、')}，至多 ${Math.round(maxBytes / 1_048_576)} MB`,
    })
    const fields = contract.body instanceof z.ZodObject ? contract.body.shape : {}
    return { required: true, content: { 'multipart/form-data': { schema: z.object({ ...fields, [field]: file }) } } }
  }
  if (!contract.body) return undefined
  return { required: true, content: { 'application/json': { schema: contract.body } } }
}

/** Ways to be let in, each enough by itself; an empty one stands for nobody in particular: signing in may show more. */
function securityOf(contract: RouteContract): NonNullable<ZodOpenApiOperationObject['security']> {
  if (contract.anonymous) return [{}]
  const isPublic = PERMISSIONS[contract.permission].roles === 'anyone'
  const scope = scopeFor(contract.permission)
  return [
    ...(isPublic ? [{}] : []),
    { bearer: [] },
    ...(scope === null ? [] : [{ clientKey: scope === 'none' ? [] : [scope] }]),
  ]
}

function operationOf(contract: RouteContract): ZodOpenApiOperationObject {
  const header = z.object({
    ...(takesIdempotencyKey(contract) && { 'Idempotency-Key': idempotencyKey }),
    ...(contract.ifMatch && { 'If-Match': ifMatch }),
  })
  const requestBody = bodyOf(contract)
  return {
    operationId: contract.operationId,
    summary: contract.summary,
    description: [contract.description, whoMay(contract), errorsOf(contract)].filter(Boolean).join('\n\n'),
    tags: [contract.tag],
    security: securityOf(contract),
    requestParams: {
      ...(contract.params && { path: contract.params }),
      ...(contract.query && { query: contract.query }),
      ...(Object.keys(header.shape).length > 0 && { header }),
    },
    ...(requestBody && { requestBody }),
    responses: responsesOf(contract),
  }
}

/** The OpenAPI 3.1 document of the whole API; `npm run openapi` writes it to docs/openapi.json. */
export function openApiDocument() {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const contract of allRoutes) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(contract) }
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: '同心社区议事平台 API', version: '1.0.0', description: INTRODUCTION },
      servers: [{ url: '/', description: '本服务' }],
      tags: [...new Set(allRoutes.map(({ tag }) => tag))].map((name) => ({ name })),
      paths,
      components: {
        responses: problemResponses(),
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: '登录得到的访问令牌，15 分钟有效；刷新令牌在仅供 /v1/sessions 使用的 Cookie 中',
          },
          clientKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              '第三方系统的接口密钥（`txk_` 开头），在“设置 › 第三方系统”登记、经另一人批准后签发，只显示一次；列出的是所需的权限范围。密钥无效答复 401，范围不足答复 403，均带 WWW-Authenticate（RFC 6750）',
          },
        },
      },
    },
    {
      reused: 'inline',
      override: ({ jsonSchema }) => {
        // The bounds of an integer in JavaScript say nothing about the API.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      },
    },
  )
}

/** The document as it stands in docs/openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`
