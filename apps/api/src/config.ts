import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HASH_NAMES, type HashName } from '@tongxin/evidence'
import { z } from 'zod'
import type { CipherAlgorithm } from './personal-data/cipher.ts'
import { keepSecret } from './secrets.ts'

/** Everything the environment decides, checked once at the start; nothing else reads process.env. */
export interface Config {
  production: boolean
  host: string
  port: number
  /** Where people reach the service, without a slash at the end: in links of notices and tracking codes. */
  publicUrl: string
  dataDir: string
  /** null: the embedded server in `dataDir` */
  databaseUrl: string | null
  databasePool: number
  /** Signs access tokens. */
  secret: string
  /** Encrypt personal data; 32 bytes each. */
  keys: { key: Buffer; retiredKeys: Buffer[]; keyedHashKey: Buffer; algorithm: CipherAlgorithm }
  evidenceHash: HashName
  /** TLS ends at a proxy in front. */
  tls: boolean
  trustProxy: boolean
  logLevel: (typeof LOG_LEVELS)[number]
  /** This process also runs the jobs. */
  worker: boolean
  /** Password of every demo account; null: no demo community. */
  demoPassword: string | null
  hallRoot: string
  adminRoot: string
}

/** The environment does not make a configuration; the message says, per variable, what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(problems: string[]) {
    super(
      `配置有误，服务没有启动。The configuration is not valid:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    )
  }
}

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const CIPHERS = { 'aes-256-gcm': 'aes-256-gcm', sm4: 'sm4-ctr-hmac-sm3' } as const satisfies Record<
  string,
  CipherAlgorithm
>

const flag = (yes: string, no: string) =>
  z.enum([yes, no], `应为 ${yes} 或 ${no}。Must be ${yes} or ${no}.`).transform((value) => value === yes)

const key = z
  .base64(
    '应为 32 字节的 base64，可用 openssl rand -base64 32 生成。Must be 32 bytes in base64: openssl rand -base64 32.',
  )
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, '解码后应恰为 32 字节。Must decode to exactly 32 bytes.')

const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `应为形如 ${example} 的地址。Must be an address such as ${example}.` })

const choice = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  z.enum(options, `应为其中之一：${options.join('、')}。Must be one of them.`)

/** The environment as it may be written: each variable, its form and its default. */
export const environment = z.object({
  NODE_ENV: choice(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('应为 0–65535 的整数。Must be an integer from 0 to 65535.')
    .int('应为整数。Must be an integer.')
    .min(0, '应为 0–65535 的整数。Must be an integer from 0 to 65535.')
    .max(65_535, '应为 0–65535 的整数。Must be an integer from 0 to 65535.')
    .default(3000),
  PUBLIC_URL: url(/^https?$/, 'https://tongxin.example.cn').optional(),
  DATA_DIR: z.string().default(path.join(ROOT, '.data')),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/tongxin').optional(),
  DATABASE_POOL: z.coerce
    .number('应为 1–200 的整数。Must be an integer from 1 to 200.')
    .int('应为整数。Must be an integer.')
    .min(1, '至少为 1。Must be at least 1.')
    .max(200, '至多为 200。Must be at most 200.')
    .default(10),
  TONGXIN_SECRET: z.string().min(32, '至少 32 个字符。Must have at least 32 characters.').optional(),
  TONGXIN_DATA_KEY: key.optional(),
  TONGXIN_RETIRED_DATA_KEYS: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(key))
    .optional(),
  TONGXIN_LOOKUP_KEY: key.optional(),
  DATA_CIPHER: choice(['aes-256-gcm', 'sm4']).default('aes-256-gcm'),
  EVIDENCE_HASH: choice(HASH_NAMES as [HashName, ...HashName[]]).default('sha256'),
  TLS_TERMINATED: flag('true', 'false').default(false),
  TRUST_PROXY: flag('true', 'false').default(false),
  LOG_LEVEL: choice(LOG_LEVELS).optional(),
  WORKER: flag('on', 'off').default(true),
  DEMO: flag('on', 'off').optional(),
  DEMO_PASSWORD: z.string().min(8, '至少 8 个字符。Must have at least 8 characters.').optional(),
})

type Environment = z.output<typeof environment>

/**
 * Reads the configuration. In development what is missing of the secrets is made once and kept in DATA_DIR.
 * @throws ConfigError naming every variable that is wrong, missing or not allowed in production
 */
export function loadConfig(variables: Record<string, string | undefined> = process.env): Config {
  // `PORT=` in a compose file means "not set".
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}：${issue.message}`))
  }
  const env = parsed.data
  const production = env.NODE_ENV === 'production'
  if (production) refuseUnsafe(env)
  const dataDir = path.resolve(env.DATA_DIR)
  const demo = env.DEMO ?? env.NODE_ENV === 'development'
  const kept = (name: string) => keepSecret(dataDir, name)
  return {
    production,
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ''),
    dataDir,
    databaseUrl: env.DATABASE_URL ?? null,
    databasePool: env.DATABASE_POOL,
    secret: env.TONGXIN_SECRET ?? kept('secret').toString('base64url'),
    keys: {
      key: env.TONGXIN_DATA_KEY ?? kept('data-key'),
      retiredKeys: env.TONGXIN_RETIRED_DATA_KEYS ?? [],
      keyedHashKey: env.TONGXIN_LOOKUP_KEY ?? kept('lookup-key'),
      algorithm: CIPHERS[env.DATA_CIPHER],
    },
    evidenceHash: env.EVIDENCE_HASH,
    tls: env.TLS_TERMINATED,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    worker: env.WORKER,
    demoPassword: demo ? (env.DEMO_PASSWORD ?? kept('demo-password').toString('hex', 0, 6)) : null,
    hallRoot: path.join(ROOT, 'apps/hall/dist'),
    adminRoot: path.join(ROOT, 'apps/admin/dist'),
  }
}

/** What is handy on a developer's machine and dangerous where real people's data lies. */
function refuseUnsafe(env: Environment): void {
  const problems: string[] = []
  for (const name of ['TONGXIN_SECRET', 'TONGXIN_DATA_KEY', 'TONGXIN_LOOKUP_KEY'] as const) {
    if (!env[name]) {
      problems.push(
        `${name}：生产环境不使用自动生成的密钥，请设置，可用 openssl rand -base64 32 生成。` +
          'Production takes no generated secrets: set it, e.g. from openssl rand -base64 32.',
      )
    }
  }
  if (!env.TLS_TERMINATED) {
    problems.push(
      'TLS_TERMINATED：生产环境须由前置代理终止 TLS；确认后设为 true。' +
        'Production needs TLS ended by a proxy in front: set it to true once that is so.',
    )
  }
  if (!env.PUBLIC_URL?.startsWith('https://')) {
    problems.push(
      'PUBLIC_URL：生产环境须设为居民访问的 https 地址。Production needs the https address that residents use.',
    )
  }
  for (const name of ['DEMO', 'DEMO_PASSWORD'] as const) {
    if (env[name])
      problems.push(`${name}：生产环境不允许演示账号，请删除。Production allows no demo accounts: remove it.`)
  }
  if (problems.length > 0) throw new ConfigError(problems)
}
