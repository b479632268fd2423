import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, environment, loadConfig } from './config.ts'

let DATA_DIR: string
beforeEach(() => {
  DATA_DIR = mkdtempSync(path.join(tmpdir(), 'tongxin-config-'))
})
afterEach(() => rmSync(DATA_DIR, { recursive: true }))

const key = () => randomBytes(32).toString('base64')

const production = () => ({
  NODE_ENV: 'production',
  DATA_DIR,
  TONGXIN_SECRET: 's'.repeat(32),
  TONGXIN_DATA_KEY: key(),
  TONGXIN_LOOKUP_KEY: key(),
  TLS_TERMINATED: 'true',
  PUBLIC_URL: 'https://tongxin.example.cn/',
})

function problemsOf(variables: Record<string, string | undefined>): string {
  try {
    loadConfig({ DATA_DIR, ...variables })
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).message
  }
  throw new Error('accepted')
}

describe('in development', () => {
  it('needs nothing: it listens on 127.0.0.1:3000 over the embedded server, with the demo community', () => {
    expect(loadConfig({ DATA_DIR })).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: null,
      worker: true,
      demoPassword: expect.stringMatching(/^[0-9a-f]{12}$/),
      evidenceHash: 'sha256',
    })
  })

  it('makes missing secrets once and keeps them where only their owner reads', () => {
    const first = loadConfig({ DATA_DIR })
    expect(loadConfig({ DATA_DIR })).toEqual(first)
    for (const name of ['secret', 'data-key', 'lookup-key', 'demo-password']) {
      expect(statSync(path.join(DATA_DIR, 'secrets', name)).mode & 0o777).toBe(0o600)
    }
  })

  it('prefers what is given', () => {
    const TONGXIN_DATA_KEY = key()
    const config = loadConfig({ DATA_DIR, TONGXIN_DATA_KEY, DEMO_PASSWORD: 'open sesame', DATA_CIPHER: 'sm4' })
    expect(config.keys.key.toString('base64')).toBe(TONGXIN_DATA_KEY)
    expect(config.keys.algorithm).toBe('sm4-ctr-hmac-sm3')
    expect(config.demoPassword).toBe('open sesame')
    expect(existsSync(path.join(DATA_DIR, 'secrets/data-key'))).toBe(false)
  })

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ DATA_DIR, PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null })
  })

  it('leaves the demo community out when told so', () => {
    expect(loadConfig({ DATA_DIR, DEMO: 'off' }).demoPassword).toBeNull()
  })
})

describe('a wrong variable', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_POOL', '0'],
    ['TONGXIN_SECRET', 'short'],
    ['TONGXIN_DATA_KEY', 'not base64!'],
    ['TONGXIN_DATA_KEY', 'c2hvcnQ='],
    ['TONGXIN_RETIRED_DATA_KEYS', `${randomBytes(32).toString('base64')},c2hvcnQ=`],
    ['EVIDENCE_HASH', 'md5'],
    ['LOG_LEVEL', 'loud'],
    ['WORKER', 'maybe'],
    ['TRUST_PROXY', '1'],
    ['PUBLIC_URL', 'tongxin'],
    ['NODE_ENV', 'staging'],
  ])('%s=%s is named, in Chinese and in English', (name, value) => {
    const message = problemsOf({ [name]: value })
    expect(message).toContain(`- ${name}：`)
    expect(message).toMatch(/Must|must/)
  })

  it('is named together with every other one, and a secret is never repeated', () => {
    const message = problemsOf({ PORT: 'x', TONGXIN_SECRET: 'hunter2', WORKER: 'x' })
    expect(message.match(/^ {2}- /gm)).toHaveLength(3)
    expect(message).not.toContain('hunter2')
  })
})

describe('in production', () => {
  it('starts with its own secrets behind TLS, without demo accounts', () => {
    expect(loadConfig(production())).toMatchObject({
      production: true,
      demoPassword: null,
      tls: true,
      publicUrl: 'https://tongxin.example.cn',
    })
    expect(existsSync(path.join(DATA_DIR, 'secrets'))).toBe(false)
  })

  it.each([
    ['TONGXIN_SECRET', undefined],
    ['TONGXIN_DATA_KEY', undefined],
    ['TONGXIN_LOOKUP_KEY', undefined],
    ['TLS_TERMINATED', undefined],
    ['TLS_TERMINATED', 'false'],
    ['PUBLIC_URL', 'http://tongxin.example.cn'],
    ['DEMO', 'on'],
    ['DEMO_PASSWORD', 'open sesame'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...production(), [name]: value })).toContain(`- ${name}：`)
  })
})

it('every variable is explained to operators', () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  expect(Object.keys(environment.shape).filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
