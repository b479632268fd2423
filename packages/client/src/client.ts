import type { CallInput, RouteContract, Success } from '@tongxin/contract'
import { callUrl } from '@tongxin/contract/request'
import { ApiProblem, problemOf, unreachable } from './api-problem.ts'
import { type ClientRoute, routes } from './routes.ts'

export interface ClientSettings {
  /** Origin of the API; left out in a page that the API itself serves. */
  baseUrl?: string
  fetch?: typeof fetch
  /** Where the access token is kept; in memory when left out. */
  token?: { get(): string | null; set(token: string | null): void }
  /** The session is over and cannot be renewed: time to show the sign-in page. */
  onUnauthenticated?: () => void
  /** Waits, in milliseconds, before each further try when no answer came; only calls that are safe to repeat. */
  retries?: readonly number[]
}

export interface Reply<T> {
  status: number
  headers: Headers
  body: T
}

/** A file for media routes, the contract's body for the others. */
export type CallResult<R extends RouteContract> = unknown extends Success<R> ? Blob : Success<R>

export interface Client {
  /** Calls a route and returns the body of its answer. @throws ApiProblem */
  call<R extends RouteContract>(route: ClientRoute<R>, ...input: Inputs<R>): Promise<CallResult<R>>
  /** As `call`, with status and headers. @throws ApiProblem */
  send<R extends RouteContract>(route: ClientRoute<R>, ...input: Inputs<R>): Promise<Reply<CallResult<R>>>
  /**
   * Follows an event stream as who is signed in, until it ends, falls silent or `signal` says so.
   * @param heard gets name and data of each event
   * @throws ApiProblem
   */
  follow<R extends RouteContract>(
    route: ClientRoute<R>,
    heard: (event: string, data: string) => void,
    signal: AbortSignal,
    ...input: Inputs<R>
  ): Promise<void>
  /** Renews the session from the refresh cookie, e.g. when a page opens; false when there is none. */
  restore(): Promise<boolean>
  signIn(username: string, password: string): Promise<void>
  signInByPhone(phone: string, code: string): Promise<void>
  signOut(): Promise<void>
}

/** How a call is followed, beside what is sent. */
interface Watching {
  signal?: AbortSignal
  /** Told of each piece of a file as it arrives. */
  received?: (piece: Uint8Array) => void
}

type Inputs<R extends RouteContract> =
  object extends CallInput<R> ? [input?: CallInput<R> & Watching] : [input: CallInput<R> & Watching]

interface Input extends Watching {
  params?: object
  query?: object
  body?: unknown
  file?: Blob
  fileName?: string
  ifMatch?: number
  idempotencyKey?: string
}

interface Started {
  accessToken: string
  personId: string
}

const EVENT = 'event: '
/** A server says something every 20 s; a line that says nothing was cut without either end being told. */
const SILENCE_MS = 60_000
/** Not being let in (401), too early (429) or a failure (5xx) says nothing of an earlier try that nobody answered. */
const isDecided = (status: number): boolean => status < 500 && status !== 401 && status !== 429
const RENEWABLE = new Set(['unauthenticated', 'session_ended'])

/** A client of the API: typed by the contract, signed in across reloads, safe to repeat on a bad line. */
export function createClient(settings: ClientSettings = {}): Client {
  const { baseUrl = '', onUnauthenticated, retries = [300, 1_500] } = settings
  const send = settings.fetch ?? globalThis.fetch.bind(globalThis)
  const token = settings.token ?? inMemory()

  const attempt = async (request: Request): Promise<Response> => {
    try {
      return await send(request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw unreachable(error)
    }
  }

  const transmit = async (route: ClientRoute, request: () => Request): Promise<Response> => {
    const waits = route.method === 'GET' || route.idempotent ? retries : []
    for (const wait of waits) {
      try {
        return await attempt(request())
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
    return attempt(request())
  }

  /** The keys of writes of which nobody knows what came, by what was sent: whoever sends the same again means the same act. */
  const unanswered = new Map<string, string>()

  const exchange = async (route: ClientRoute, input: Input): Promise<Response> => {
    const address = baseUrl + callUrl(route.path, input.params, input.query)
    const content = route.idempotent ? JSON.stringify([route.method, address, input.ifMatch, input.body]) : ''
    // One key for every try: the server acts once.
    const key = route.idempotent ? (input.idempotencyKey ?? unanswered.get(content) ?? crypto.randomUUID()) : undefined
    // Files are not told apart by what is written beside them.
    if (key !== undefined && !input.file) unanswered.set(content, key)
    const response = await transmit(route, () =>
      requestOf(route, address, input, key, route.anonymous || isSession(route) ? null : token.get()),
    )
    if (isDecided(response.status)) unanswered.delete(content)
    if (response.ok) return response
    throw await problemOf(response)
  }

  /** Whose token it is: the pages of a browser share one refresh cookie, and somebody else may have signed in on another. */
  let holder: string | null = null
  const start = (session: Started) => {
    token.set(session.accessToken)
    holder = session.personId
  }
  const end = () => {
    token.set(null)
    holder = null
  }

  let renewal: Promise<boolean> | null = null

  /** Renews once for all calls that wait; pages of one browser take turns: an answer that came late would put an older cookie back. */
  const renew = (): Promise<boolean> => {
    renewal ??= inTurn(async () => {
      try {
        const response = await exchange(routes.sessions.refresh, {})
        const session = (await response.json()) as Started
        if (holder !== null && session.personId !== holder) return false
        start(session)
        return true
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return false
        throw error
      }
    }).finally(() => {
      renewal = null
    })
    return renewal
  }

  const answerTo = async (route: ClientRoute, input: Input): Promise<Response> => {
    const [used, by] = [token.get(), holder]
    try {
      return await exchange(route, input)
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401 && RENEWABLE.has(error.code))) throw error
      if (isSession(route) || route.anonymous) throw error
      // Another call may have renewed it while this one was under way.
      const renewed = (used !== token.get() && token.get() !== null) || (await renew())
      if (!renewed) {
        end()
        onUnauthenticated?.()
        throw error
      }
      // Signed in on this page meanwhile: what another person asked for is not sent as theirs.
      if (by !== null && by !== holder) throw error
      return exchange(route, input)
    }
  }

  const sendAny = async (route: ClientRoute, input: Input): Promise<Reply<unknown>> => {
    const response = await answerTo(route, input)
    return { status: response.status, headers: response.headers, body: await bodyOf(route, response, input.received) }
  }

  const follow = async (
    route: ClientRoute,
    heard: (event: string, data: string) => void,
    signal: AbortSignal,
    input: Input = {},
  ): Promise<void> => {
    const line = new AbortController()
    const stop = () => line.abort()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    // Also before it stands: a connection that is never answered would be waited for without end.
    let silence = setTimeout(stop, SILENCE_MS)
    try {
      const { body } = await answerTo(route, { ...input, signal: line.signal })
      if (!body) return
      const lines = body.pipeThrough(new TextDecoderStream()).getReader()
      const close = () => void lines.cancel().catch(() => {})
      line.signal.addEventListener('abort', close)
      if (line.signal.aborted) close()
      let text = ''
      for (let read = await lines.read(); !read.done; read = await lines.read()) {
        clearTimeout(silence)
        silence = setTimeout(stop, SILENCE_MS)
        const events = (text + read.value).split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const [first = '', ...rest] = event.split('\n')
          if (first.startsWith(EVENT))
            heard(first.slice(EVENT.length), rest.map((line) => line.replace(/^data: ?/, '')).join('\n'))
        }
      }
    } catch (error) {
      if (!line.signal.aborted) throw error
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    }
  }

  const client = {
    send: sendAny,
    call: async (route: ClientRoute, input: Input = {}) => (await sendAny(route, input)).body,
    follow,
    restore: renew,
    signIn: async (username: string, password: string) =>
      start((await client.call(routes.sessions.signIn, { body: { username, password } })) as Started),
    signInByPhone: async (phone: string, code: string) =>
      start((await client.call(routes.sessions.phoneSignIn, { body: { phone, code } })) as Started),
    signOut: async () => {
      try {
        await client.call(routes.sessions.signOut)
      } finally {
        end()
      }
    },
  }
  return {
    ...client,
    send: (route: ClientRoute, input: Input = {}) => sendAny(route, input),
  } as unknown as Client
}

function inMemory() {
  let held: string | null = null
  return {
    get: () => held,
    set: (token: string | null) => {
      held = token
    },
  }
}

const sessionPaths = new Set(
  [routes.sessions.signIn, routes.sessions.refresh, routes.sessions.phoneSignIn].map(({ path }) => path),
)
/** Begins or renews a session: who was signed in before is no part of it, and a token that has ended would be refused. */
const isSession = (route: ClientRoute) => route.method === 'POST' && sessionPaths.has(route.path)

const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  globalThis.navigator?.locks ? navigator.locks.request('tongxin-refresh', work) : work()

function requestOf(
  route: ClientRoute,
  address: string,
  input: Input,
  key: string | undefined,
  token: string | null,
): Request {
  const headers = new Headers({ accept: 'application/json, application/problem+json, */*' })
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  if (key !== undefined) headers.set('idempotency-key', key)
  if (input.ifMatch !== undefined) headers.set('if-match', `"${input.ifMatch}"`)
  let body: BodyInit | undefined
  if (route.upload) {
    const form = new FormData()
    for (const [name, value] of Object.entries((input.body ?? {}) as object)) {
      if (value !== undefined && value !== null) form.append(name, String(value))
    }
    if (input.file) form.append(route.upload, input.file, input.fileName)
    body = form
  } else if (input.body !== undefined) {
    headers.set('content-type', 'application/json')
    body = JSON.stringify(input.body)
  }
  // Browsers keep connections with and without credentials apart: an anonymous call does not share one with the session's.
  const credentials = route.anonymous ? 'omit' : 'same-origin'
  return new Request(absolute(address), { method: route.method, headers, body, credentials, signal: input.signal })
}

/** `Request` takes a relative address only where there is a page to relate it to. */
const absolute = (address: string) =>
  globalThis.location && address.startsWith('/') ? new URL(address, globalThis.location.href) : address

async function fileOf(response: Response, body: ReadableStream<Uint8Array>, received: NonNullable<Input['received']>) {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = body.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      pieces.push(read.value as Uint8Array<ArrayBuffer>)
      received(read.value)
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable(error)
  }
  return new Blob(pieces, { type: response.headers.get('content-type') ?? '' })
}

async function bodyOf(route: ClientRoute, response: Response, received: Input['received']): Promise<unknown> {
  if (route.media && received && response.body) return fileOf(response, response.body, received)
  if (route.media) return response.blob()
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined
  return response.json()
}
