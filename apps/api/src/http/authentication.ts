import type { RouteContract } from '@tongxin/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import type { Access } from './access.ts'
import { type Actor, NOBODY } from './actor.ts'
import { type ClientAccess, KEY_PREFIX } from './client-access.ts'
import { AppError } from './errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    access: Access
    clients: ClientAccess
  }
  interface FastifyRequest {
    actor: Actor
    rawBody: string | undefined
    /** Sets `actor`; a promise only when the database must be asked. */
    authenticate(): Promise<void> | undefined
  }
  interface FastifyContextConfig {
    contract?: RouteContract
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessToken
  }
}

/** Seconds since 1970 in `iat` and `exp`, as JWTs have them. */
export interface AccessToken {
  sub: string
  sid: string
  iat: number
  exp: number
}

const MOST_TOKENS = 20_000

/**
 * Bearer tokens → actors. A token's signature is checked once; whether its session still stands, at every request. A third-party
 * system's key comes in the same place.
 */
export function authenticateRequests(app: FastifyInstance, deps: Deps, access: Access, clients: ClientAccess): void {
  const verified = new Map<string, AccessToken>()

  const read = (token: string): AccessToken => {
    let claims = verified.get(token)
    if (!claims) {
      try {
        claims = app.jwt.verify<AccessToken>(token, { ignoreExpiration: true })
      } catch {
        throw new AppError('session_ended')
      }
      if (verified.size >= MOST_TOKENS) verified.clear()
      verified.set(token, claims)
    }
    if (claims.exp * 1000 <= deps.clock.now().getTime()) {
      verified.delete(token)
      throw new AppError('session_ended')
    }
    return claims
  }

  const lookUp = async (request: FastifyRequest, claims: AccessToken) => {
    const actor = await access.find(claims.sub, claims.sid)
    if (!actor) throw new AppError('session_ended')
    request.actor = actor
  }

  const admitClient = async (request: FastifyRequest, key: string) => {
    request.actor = await clients.admit(key)
  }

  app.decorate('access', access)
  app.decorate('clients', clients)
  app.decorateRequest('actor', null as unknown as Actor)
  app.decorateRequest('rawBody', undefined)
  app.decorateRequest('authenticate', function authenticate(this: FastifyRequest) {
    this.actor = NOBODY
    const header = this.headers.authorization
    if (header === undefined) return undefined
    if (!header.startsWith('Bearer ')) throw new AppError('session_ended')
    const token = header.slice(7)
    if (token.startsWith(KEY_PREFIX)) return admitClient(this, token)
    const claims = read(token)
    const known = access.known(claims.sub, claims.sid)
    if (!known) return lookUp(this, claims)
    this.actor = known
    return undefined
  })
}
