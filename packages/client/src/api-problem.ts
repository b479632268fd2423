import type { ErrorCode, FieldProblem, Problem } from '@tongxin/contract'

/** `unreachable`: no answer came; `unreadable`: what came is not from this API. */
export type ProblemCode = ErrorCode | 'unreachable' | 'unreadable'

/** A call that failed. `message` is for people, in Chinese; decide by `code`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** 0 when no answer came. */
  readonly status: number
  readonly code: ProblemCode
  /** The kind of problem in English. */
  readonly title: string
  readonly reason: string | undefined
  /** The fields that are wrong, e.g. `body.phone`. */
  readonly errors: FieldProblem[]
  /** Seconds to wait before trying again, when the server says so. */
  readonly retryAfter: number | undefined

  constructor(
    problem: Pick<Problem, 'status' | 'title' | 'detail' | 'reason' | 'errors'> & { code: ProblemCode },
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(problem.detail, { cause: options.cause })
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.reason = problem.reason
    this.errors = problem.errors ?? []
    this.retryAfter = options.retryAfter
  }
}

export const unreachable = (cause: unknown) =>
  new ApiProblem(
    {
      status: 0,
      code: 'unreachable',
      title: 'No answer came, check the network',
      detail: '网络连接不上，请检查网络后再试',
    },
    { cause },
  )

/** The problem an error answer carries. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const body = response.headers.get('content-type')?.includes('json')
    ? ((await response.json().catch(() => null)) as Problem | null)
    : null
  if (body?.code) return new ApiProblem(body, { retryAfter })
  return new ApiProblem(
    {
      status: response.status,
      code: 'unreadable',
      title: 'The service is unavailable for the moment',
      detail: '服务暂时不可用，请稍后再试',
    },
    { retryAfter },
  )
}
