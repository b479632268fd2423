import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

/** For pages: nothing but our own files, no frames around us. Element Plus and Vant set inline styles. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const API_POLICY = "default-src 'none'; frame-ancestors 'none'"
const YEAR_SECONDS = 31_536_000

/** Sets on every answer what a browser must never be left to guess; a route may set its own instead. */
export function secureHeaders(app: FastifyInstance, deps: Deps): void {
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': API_POLICY,
    'cache-control': 'no-store',
    ...(deps.config.tls && { 'strict-transport-security': `max-age=${YEAR_SECONDS}; includeSubDomains` }),
  }
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
