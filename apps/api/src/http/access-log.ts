import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

const SLOW_MS = 1_000

/**
 * One line an answer: the route's pattern, never its address, so that no id, search text or phone number reaches a
 * log. Quick, successful reads are logged at debug; routes that are `unlogged`, never.
 */
export function logAnswers(app: FastifyInstance, deps: Deps): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.contract?.unlogged) return done()
    const level = reply.statusCode >= 500 ? 'error' : isOrdinary(request.method, reply) ? 'debug' : 'info'
    if (deps.logger.isLevelEnabled(level)) {
      request.log[level](
        {
          method: request.method,
          route: request.routeOptions.url ?? 'unknown',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
          person: request.actor?.personId ?? undefined,
        },
        'answered',
      )
    }
    done()
  })
}

const isOrdinary = (method: string, reply: { statusCode: number; elapsedTime: number }) =>
  (method === 'GET' || method === 'HEAD') && reply.statusCode < 400 && reply.elapsedTime < SLOW_MS
