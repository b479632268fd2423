import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { openApiDocument } from '@tongxin/contract/openapi'
import type { FastifyInstance } from 'fastify'

let written: { document: ReturnType<typeof openApiDocument>; text: string } | undefined
/** Of the contract alone: the same for every application of a process. */
function reference() {
  if (!written) {
    const document = openApiDocument()
    written = { document, text: JSON.stringify(document) }
  }
  return written
}

/** `/openapi.json`, and the same to read and try at `/docs`, with nothing loaded from outside. */
export async function serveReference(app: FastifyInstance): Promise<void> {
  const { document, text } = reference()
  app.get('/openapi.json', (_request, reply) =>
    reply
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
      .header('access-control-allow-origin', '*')
      .send(text),
  )
  await app.register(async (scope) => {
    await scope.register(swagger, { mode: 'static', specification: { document: document as never } })
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      theme: { title: '同心 API' },
      uiConfig: { docExpansion: 'none', persistAuthorization: true, filter: true },
    })
  })
}
