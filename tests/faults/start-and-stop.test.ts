import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isGone, type ServiceProcess, startServiceProcess } from './service-process.ts'

let dataDir: string
const started: ServiceProcess[] = []

// One folder for all: the first start fills it, those after it find it as it was left, also by what was killed.
beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tongxin-service-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

afterEach(async () => {
  for (const service of started.splice(0)) {
    service.process.kill('SIGTERM')
    await service.ended
  }
})

async function start(env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startServiceProcess(dataDir, { DEMO: 'off', ...env })
  started.push(service)
  return service
}

const statusOf = async (url: string) => (await fetch(url)).status

describe('the service as a process', () => {
  it('is ready when it says so, and names its addresses', async () => {
    const service = await start()
    for (const page of ['/', '/admin/', '/docs']) expect(service.output()).toContain(`${service.base}${page}`)
    expect(await statusOf(`${service.base}/healthz`)).toBe(200)
    expect(await statusOf(`${service.base}/readyz`)).toBe(200)
    expect(await statusOf(`${service.base}/openapi.json`)).toBe(200)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends cleanly on %s, given once or twice', async (signal) => {
    const service = await start()
    const postgres = service.postgres()
    service.process.kill(signal)
    service.process.kill(signal)
    expect(await service.ended).toBe(0)
    expect(isGone(postgres)).toBe(true)
    expect(service.output()).not.toContain('"level":50')
  })

  it('answers a request in hand before it ends', async () => {
    const service = await start()
    const body = JSON.stringify({ username: 'nobody', password: 'wrong password' })
    const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' }
    const call = request(`${service.base}/v1/sessions`, { method: 'POST', headers })
    // Once the server asks for the body, it has the request in hand.
    call.flushHeaders()
    await once(call, 'continue')
    const answered = once(call, 'response')
    service.process.kill('SIGTERM')
    call.end(body)
    const [response] = await answered
    response.resume()
    expect(response.statusCode).toBe(401)
    expect(await service.ended).toBe(0)
  })

  it.each([
    ['the service', false],
    ['the service and its database', true],
  ])('recovers by itself after kill -9 of %s', async (_what, databaseToo) => {
    const first = await start()
    const postgres = first.postgres()
    first.process.kill('SIGKILL')
    if (databaseToo) process.kill(postgres, 'SIGKILL')
    await first.ended
    const second = await start()
    expect(isGone(postgres)).toBe(true)
    expect(await statusOf(`${second.base}/readyz`)).toBe(200)
  })

  it('says in plain words which variable is wrong, and leaves nothing running', async () => {
    const failure = await start({ PORT: 'many' }).catch((error: Error) => error.message)
    expect(failure).toContain('ended with 1')
    expect(failure).toContain('- PORT：')
    expect(failure).not.toContain('    at ')
  })

  it('refuses production on a developer’s settings', async () => {
    const failure = await start({ NODE_ENV: 'production' }).catch((error: Error) => error.message)
    for (const name of ['TONGXIN_SECRET', 'TONGXIN_DATA_KEY', 'TONGXIN_LOOKUP_KEY', 'TLS_TERMINATED', 'PUBLIC_URL']) {
      expect(failure).toContain(`- ${name}：`)
    }
  })

  it('refuses a port in use, a folder in use and an address that is not ours in plain words, and what runs goes on', async () => {
    const first = await start()
    const elsewhere = path.join(dataDir, 'other')
    for (const [variable, env] of [
      ['PORT', { PORT: new URL(first.base).port, DATA_DIR: elsewhere }],
      ['DATA_DIR', {}],
      ['HOST', { HOST: '192.0.2.1', DATA_DIR: elsewhere }],
    ] as const) {
      const failure = await start(env).catch((error: Error) => error.message)
      expect(failure).toContain(variable)
      expect(failure).not.toContain('    at ')
      expect(await statusOf(`${first.base}/readyz`)).toBe(200)
    }
  })
})
