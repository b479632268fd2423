import { ERRORS, type ErrorCode, type FieldProblem, type Problem, scopeFor } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { CONSTRAINT_ERRORS, databaseError } from '../db/constraints.ts'

export interface ErrorDetails {
  /** Stable code of the exact cause, e.g. why an action was refused. */
  reason?: string
  /** Chinese, instead of the code's own words. */
  detail?: string
  errors?: FieldProblem[]
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
  cause?: unknown
}

/** An error with an answer: thrown anywhere below a route, sent as problem+json; the transaction is rolled back. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.reason ? `${code}: ${details.reason}` : code, { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

export function invalidInput(error: z.ZodError, where = ''): AppError {
  const errors = error.issues.flatMap((issue) => {
    const at = (path: readonly PropertyKey[]) => [where, ...path.map(String)].filter(Boolean).join('.')
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: at([...issue.path, key]), message: '不认识的字段' }))
    return [{ path: at(issue.path), message: issue.message }]
  })
  return new AppError('invalid_input', { errors })
}

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_REQ_FILE_TOO_LARGE: 'body_too_large',
  FST_FIELDS_LIMIT: 'body_too_large',
  FST_FILES_LIMIT: 'body_too_large',
  FST_PARTS_LIMIT: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
}

function fromStatus(status: number): ErrorCode {
  if (status === 413) return 'body_too_large'
  if (status === 415) return 'unsupported_media_type'
  return 'malformed_request'
}

/** Connection-level SQLSTATEs: the database is away, starting, stopping or out of slots. */
const isAway = (code: string) => code.startsWith('08') || code.startsWith('57P') || code.startsWith('53')

function fromDatabase(error: unknown): AppError | null {
  const failure = databaseError(error)
  if (!failure) return null
  const known = failure.constraint ? CONSTRAINT_ERRORS[failure.constraint] : undefined
  if (known) return new AppError(known.code, { reason: known.reason, detail: known.zh, cause: error })
  if (isAway(failure.code)) return new AppError('unavailable', { retryAfter: 5, cause: error })
  if (failure.code === '40001' || failure.code === '40P01') {
    return new AppError('unavailable', { reason: 'busy', retryAfter: 1, cause: error })
  }
  return null
}

const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])

/** Any thrown thing as an error with an answer; what nobody foresaw is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const fromDb = fromDatabase(error)
  if (fromDb) return fromDb
  const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number }
  if (code && Object.hasOwn(fastifyCodes, code)) return new AppError(fastifyCodes[code] as ErrorCode, { cause: error })
  if (statusCode && statusCode >= 400 && statusCode < 500) return new AppError(fromStatus(statusCode), { cause: error })
  if (code && connectionErrors.has(code)) return new AppError('unavailable', { retryAfter: 5, cause: error })
  return new AppError('internal', { cause: error })
}

export function toProblem(error: AppError, requestId: string): Problem {
  const { status, zh, en } = ERRORS[error.code]
  const { reason, detail, errors } = error.details
  return {
    type: `urn:tongxin:problem:${error.code}`,
    title: en,
    status,
    code: error.code,
    detail: detail ?? zh,
    ...(reason && { reason }),
    ...(errors && { errors }),
    requestId,
  }
}

/** How to be let in, and what was wrong with the token that came: RFC 6750, section 3. Null where that is not the matter. */
function challengeFor(error: AppError, request: FastifyRequest): string | null {
  if (error.code === 'insufficient_scope') {
    const permission = request.routeOptions.config.contract?.permission
    const scope = permission && scopeFor(permission)
    return `Bearer realm="tongxin", error="insufficient_scope"${scope && scope !== 'none' ? `, scope="${scope}"` : ''}`
  }
  if (ERRORS[error.code].status !== 401) return null
  const wrong = error.code === 'session_ended' || error.code === 'key_invalid'
  // Whoever sent no token hears no fault of it.
  return wrong && request.headers.authorization !== undefined
    ? 'Bearer realm="tongxin", error="invalid_token"'
    : 'Bearer realm="tongxin"'
}

export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error, request.id)
  if (error.details.retryAfter !== undefined)
    reply.header('retry-after', Math.max(1, Math.ceil(error.details.retryAfter)))
  const challenge = challengeFor(error, request)
  if (challenge !== null) reply.header('www-authenticate', challenge)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem)
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = toAppError(thrown)
    if (error.code === 'internal' || error.code === 'unavailable') {
      request.log.error({ err: error.details.cause ?? error, code: error.code }, 'request failed')
    }
    return sendProblem(error, request, reply)
  })
}
