export interface AnswerOptions {
  status?: number
  /** The record's version, sent as a strong `ETag`. */
  version?: number
  location?: string
  headers?: Record<string, string>
}

/** A handler's answer with more than a body. */
export class Answer<T> {
  readonly body: T
  readonly status: number | undefined
  readonly headers: Record<string, string>

  constructor(body: T, options: AnswerOptions) {
    this.body = body
    this.status = options.status
    this.headers = { ...options.headers }
    if (options.version !== undefined) this.headers.etag = `"${options.version}"`
    if (options.location !== undefined) this.headers.location = options.location
  }
}

export const answer = <T>(body: T, options: AnswerOptions): Answer<T> => new Answer(body, options)
