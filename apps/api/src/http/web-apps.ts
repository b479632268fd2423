import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError, sendProblem } from './errors.ts'
import { PAGE_POLICY } from './secure-headers.ts'

const YEAR = 'public, max-age=31536000, immutable'

/** The hall under `/`, the console under `/admin/`; both are single pages, so a page address answers their index. */
export async function serveWebApps(app: FastifyInstance, deps: Deps): Promise<void> {
  const admin = await servePages(app, deps.config.adminRoot, '/admin/')
  const hall = await servePages(app, deps.config.hallRoot, '/')
  if (admin) app.get('/admin', (_request, reply) => reply.redirect('/admin/'))

  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    const path = request.url.split('?', 1)[0] as string
    if (wantsPage && !isApi(path) && !/\.\w+$/.test(path)) {
      const page = path.startsWith('/admin/') ? admin : hall
      if (page) return page(reply)
    }
    return sendProblem(new AppError('route_not_found'), request, reply)
  })
}

const isApi = (path: string) => path.startsWith('/v1/') || path.startsWith('/docs')

type SendPage = (reply: FastifyReply) => FastifyReply

async function servePages(app: FastifyInstance, root: string | undefined, prefix: string): Promise<SendPage | null> {
  const index = root && join(root, 'index.html')
  if (!index || !existsSync(index)) return null
  const html = readFileSync(index)
  const send: SendPage = (reply) =>
    reply
      .code(200)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': PAGE_POLICY,
      })
      .send(html)
  app.get(prefix, (_request, reply) => send(reply))
  await app.register(fastifyStatic, {
    root,
    prefix,
    index: false,
    wildcard: false,
    decorateReply: false,
    // The build lays them beside each file; they have no address of their own.
    preCompressed: true,
    globIgnore: ['**/*.{gz,br}'],
    // Vite names its assets by their content.
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? YEAR : 'no-cache')
      reply.header('content-security-policy', PAGE_POLICY)
    },
    cacheControl: false,
  })
  return send
}
