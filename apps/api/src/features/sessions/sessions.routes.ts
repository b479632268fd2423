import { sessionRoutes } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { serve, serveUntransacted } from '../../http/serve.ts'
import { deviceOf } from './device-of.ts'
import { phoneSignIn } from './phone-sign-in.ts'
import { refreshSession } from './refresh-session.ts'
import { sendPhoneCode } from './send-phone-code.ts'
import { presentMe } from './sessions.present.ts'
import { readMe, type SessionRow } from './sessions.queries.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { clearRefreshCookie, issueAccessToken, readRefreshCookie, refreshToken, setRefreshCookie } from './tokens.ts'

const from = ({ ip, headers }: FastifyRequest) => ({ ip, device: deviceOf(headers['user-agent']) })

export function serveSessions(app: FastifyInstance, deps: Deps): void {
  const welcome = (reply: FastifyReply, session: SessionRow) => {
    setRefreshCookie(deps, reply, refreshToken(deps, session), session.expiresAt)
    return issueAccessToken(app, session, deps.clock.now())
  }

  serveUntransacted(app, deps, sessionRoutes.signIn, async ({ body, request, reply }) =>
    welcome(reply, await signIn(deps, { ...body, ...from(request) })),
  )

  serveUntransacted(app, deps, sessionRoutes.refresh, async ({ request, reply }) => {
    const forget = (personId: string) => app.access.forget(personId)
    try {
      return welcome(reply, await refreshSession(deps, readRefreshCookie(request), forget))
    } catch (error) {
      if (error instanceof AppError) clearRefreshCookie(deps, reply)
      throw error
    }
  })

  serveUntransacted(app, deps, sessionRoutes.signOut, async ({ actor, request, reply }) => {
    const ended = await signOut(deps, { sessionId: actor.sessionId, token: readRefreshCookie(request) })
    if (ended) app.access.forget(ended)
    clearRefreshCookie(deps, reply)
    return undefined
  })

  serveUntransacted(app, deps, sessionRoutes.requestPhoneCode, ({ body, request }) =>
    sendPhoneCode(deps, { phone: body.phone, ip: request.ip }),
  )

  serveUntransacted(app, deps, sessionRoutes.phoneSignIn, async ({ body, request, reply }) =>
    welcome(reply, await phoneSignIn(deps, { ...body, ...from(request) })),
  )

  serve(app, deps, sessionRoutes.me, async ({ actor, db }) => {
    const person = await readMe(db, personOf(actor))
    if (!person) throw new AppError('session_ended')
    return presentMe(deps.cipher, person, actor)
  })
}
