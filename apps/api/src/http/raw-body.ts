import type { FastifyInstance } from 'fastify'

/** JSON bodies are parsed as ever, their text is kept: the same request is recognised by it. */
export function keepRawBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  const types = ['application/json', 'application/merge-patch+json']
  app.removeContentTypeParser(types)
  app.addContentTypeParser(types, { parseAs: 'string' }, (request, body, done) => {
    request.rawBody = body as string
    // No body is the empty payload; whether that will do is the route's schema to say.
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
  // Plain text would otherwise reach a handler as a string.
  app.removeContentTypeParser('text/plain')
}
