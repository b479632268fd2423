import supertest from 'supertest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/support/index.ts'

// Over a real socket: what a load balancer, a browser and a careless client see.
let t: TestApp
let client: ReturnType<typeof supertest>
beforeAll(async () => {
  t = await startTestApp()
  client = supertest(t.base)
})
afterAll(() => t.close())

it('says that the process lives', async () => {
  await client.get('/healthz').expect(200)
})

it('says that it is not ready while no worker takes jobs', async () => {
  const response = await client.get('/readyz').expect(503)
  expect(response.body).toMatchObject({ status: 'not_ready', database: 'ok' })
})

it('serves its own description to anybody, pages of other origins included', async () => {
  const response = await client.get('/openapi.json').expect(200)
  expect(response.body.openapi).toMatch(/^3\.1\./)
  expect(response.headers['access-control-allow-origin']).toBe('*')
})

it('answers an unknown address with a problem that names itself', async () => {
  const response = await client.get('/v1/nowhere').expect(404)
  expect(response.headers['content-type']).toContain('application/problem+json')
  expect(response.body).toMatchObject({ code: 'route_not_found', status: 404 })
})

it('refuses a body that says it is 300 MB long before reading it', async () => {
  const response = await client
    .post('/v1/issues')
    .set('content-type', 'application/json')
    .set('content-length', String(300 * 1024 * 1024))
    .send('{')
    .catch((error: Error) => error)
  if (response instanceof Error) expect(response.message).toMatch(/ECONNRESET|EPIPE|hang up/)
  else expect(response.status).toBe(413)
})
