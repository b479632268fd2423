import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../../apps/api/src/config.ts'
import { NODE_FLAGS } from '../../scripts/bootstrap.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

interface Service {
  image?: string
  build?: { context: string; target: string }
  command?: string[]
  environment?: Record<string, string>
  deploy?: { replicas: number }
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
  volumes?: string[]
  networks?: string[]
  secrets?: string[]
  ports?: string[]
}
interface Compose {
  services: Record<'postgres' | 'api' | 'worker' | 'front', Service>
  volumes: Record<string, unknown>
  networks: Record<string, unknown>
  secrets: Record<string, unknown>
}

const compose: Compose = parse(read('docker-compose.yml'), { merge: true })
const services = Object.entries(compose.services)

const key = () => randomBytes(32).toString('base64')
const dotEnv: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  PUBLIC_URL: 'https://tongxin.example.cn',
  TONGXIN_SECRET: key(),
  TONGXIN_DATA_KEY: key(),
  TONGXIN_LOOKUP_KEY: key(),
}

/** ${NAME:?why} and ${NAME:-default}, as Compose fills them in. */
const fill = (text: string) =>
  text.replace(/\$\{(\w+):([?-])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const given = dotEnv[name]
    if (given === undefined && kind === '?') throw new Error(`${name}: ${rest}`)
    return given ?? rest
  })

const environmentOf = (service: Service) =>
  Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, fill(value)]))

describe('docker-compose.yml', () => {
  it('runs PostgreSQL, two API processes, one worker and the static front', () => {
    expect(services.map(([name]) => name).sort()).toEqual(['api', 'front', 'postgres', 'worker'])
    expect(compose.services.api.deploy?.replicas).toBe(2)
    expect(compose.services.api.command).toEqual(['node', ...NODE_FLAGS, 'apps/api/src/main.ts'])
    expect(compose.services.worker.command).toEqual(['node', ...NODE_FLAGS, 'apps/api/src/worker.ts'])
    for (const program of ['apps/api/src/main.ts', 'apps/api/src/worker.ts'])
      expect(existsSync(path.join(root, program))).toBe(true)
  })

  it.each(services)('watches over %s', (_name, service) => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1)
  })

  it.each(services)('knows every service, volume, network and secret that %s names', (_name, service) => {
    for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name)
    for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '')
    for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network)
    for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret)
  })

  it('opens only the front to the outside', () => {
    expect(services.filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['front'])
  })

  it.each(['api', 'worker'] as const)('gives %s an environment that production accepts', (name) => {
    const config = loadConfig(environmentOf(compose.services[name]))
    expect(config).toMatchObject({ production: true, tls: true, trustProxy: true, demoPassword: null })
    expect(config.databaseUrl).toContain('@postgres:5432/')
  })

  it('leaves the jobs to the worker', () => {
    expect(environmentOf(compose.services.api).WORKER).toBe('off')
  })

  it('creates the database as the embedded one is created', () => {
    const { POSTGRES_INITDB_ARGS } = environmentOf(compose.services.postgres)
    const embedded = read('packages/local-postgres/src/cluster.ts')
    for (const option of ['--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--locale=C.UTF-8']) {
      expect(POSTGRES_INITDB_ARGS).toContain(option)
      expect(embedded).toContain(option)
    }
  })
})

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile')
  const bootstrap = read('scripts/bootstrap.mjs')
  const pinned = (name: string) => new RegExp(`^const ${name} = '(.+)'$`, 'm').exec(bootstrap)?.[1] ?? 'not pinned'

  it('has the stages that the services are built from', () => {
    const stages = [...dockerfile.matchAll(/^FROM .+ AS (\w+)$/gm)].map((match) => match[1])
    for (const [, service] of services) if (service.build) expect(stages).toContain(service.build.target)
  })

  it('uses the Node and the pnpm that the scripts pin', () => {
    expect(dockerfile).toContain(`FROM node:${pinned('NODE')}-`)
    const versions = [...dockerfile.matchAll(/pnpm@([\d.]+)/g)].map((match) => match[1])
    expect(new Set(versions)).toEqual(new Set([pinned('PNPM')]))
  })

  it('copies only what is there', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      (match) => match[1]?.split(' ') ?? [],
    )
    expect(sources.length).toBeGreaterThan(10)
    expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([])
  })
})
