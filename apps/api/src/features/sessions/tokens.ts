import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deps } from '../../deps.ts'
import type { SessionRow } from './sessions.queries.ts'

export const ACCESS_SECONDS = 15 * 60
const DAY_MS = 86_400_000

/** How long a device stays signed in without use, and at most. */
const LIFETIMES = {
  password: { idle: 7 * DAY_MS, most: 30 * DAY_MS },
  phone: { idle: 60 * DAY_MS, most: 365 * DAY_MS },
} as const

export const expiryOf = (session: Pick<SessionRow, 'method' | 'createdAt'>, now: Date): Date => {
  const { idle, most } = LIFETIMES[session.method]
  return new Date(Math.min(now.getTime() + idle, session.createdAt.getTime() + most))
}

export const newSeed = (): Buffer => randomBytes(16)

const COOKIE = 'tongxin_refresh'
const COOKIE_PATH = '/v1/sessions'

/** `{session}.{rotation}.{keyed hash}`: any rotation's token can be recognised, none can be made without the key. */
export function refreshToken(deps: Deps, session: Pick<SessionRow, 'id' | 'seed' | 'rotation'>): string {
  const { id, seed, rotation } = session
  return `${id}.${rotation}.${deps.cipher.keyedHash(`refresh:${id}:${rotation}:${seed.toString('hex')}`)}`
}

export function parseRefreshToken(token: string | undefined): { sessionId: string; rotation: number } | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,9})\.[0-9a-f]{64}$/.exec(token ?? '')
  return match ? { sessionId: match[1] as string, rotation: Number(match[2]) } : null
}

export function sameToken(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export const readRefreshCookie = (request: { cookies: Record<string, string | undefined> }): string | undefined =>
  request.cookies[COOKIE]

export function setRefreshCookie(deps: Deps, reply: FastifyReply, token: string, expires: Date): void {
  const maxAge = Math.floor((expires.getTime() - deps.clock.now().getTime()) / 1_000)
  reply.setCookie(COOKIE, token, {
    path: COOKIE_PATH,
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.config.tls,
    maxAge,
  })
}

export const clearRefreshCookie = (deps: Deps, reply: FastifyReply): void =>
  void reply.clearCookie(COOKIE, { path: COOKIE_PATH, httpOnly: true, sameSite: 'strict', secure: deps.config.tls })

/** The session's short-lived access token, as the contract's `session`. */
export function issueAccessToken(app: FastifyInstance, session: { id: string; personId: string }, now: Date) {
  const iat = Math.floor(now.getTime() / 1_000)
  const exp = iat + ACCESS_SECONDS
  return {
    accessToken: app.jwt.sign({ sub: session.personId, sid: session.id, iat, exp }),
    expiresAt: new Date(exp * 1_000).toISOString(),
    personId: session.personId,
  }
}
