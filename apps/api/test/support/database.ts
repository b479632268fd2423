import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, migrationsFolder } from '../../src/db/migrate.ts'
import { layFoundations } from './foundations.ts'

const LOCK = 7_245_100
const STALLED_MS = 60_000

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

function adminUrl(): string {
  const url = process.env.TEST_POSTGRES_URL
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: run through vitest, whose global set-up starts a server')
  return url
}

export function databaseUrl(name: string): string {
  const url = new URL(adminUrl())
  url.pathname = `/${name}`
  return url.href
}

/** Changes with the migrations and with what is laid under every test. */
function templateName(): string {
  const files = readdirSync(migrationsFolder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => readFileSync(join(migrationsFolder, file)))
  files.push(readFileSync(new URL('./foundations.ts', import.meta.url)))
  return `template_${hash('sha1', Buffer.concat(files)).slice(0, 12)}`
}

async function withAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl(), connectionTimeoutMillis: STALLED_MS })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Made by whichever test file comes first; the others wait for it. */
async function ensureTemplate(admin: pg.Client): Promise<string> {
  const name = templateName()
  const ready = async () =>
    (await admin.query('select 1 from pg_database where datname = $1 and datallowconn is false', [name])).rowCount
  if (await ready()) return name
  await admin.query('select pg_advisory_lock($1)', [LOCK])
  try {
    if (await ready()) return name
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
    await migrate(databaseUrl(name))
    await layFoundations(databaseUrl(name))
    // Nobody may connect from here on: a template in use cannot be copied.
    await admin.query(`alter database ${name} with allow_connections false`)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return name
}

let made = 0

/** A database of its own for a test file: migrated, with the reference places, and otherwise empty. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++made}`
  await withAdmin(async (admin) => {
    const template = await ensureTemplate(admin)
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
  })
  return {
    url: databaseUrl(name),
    drop: () => withAdmin(async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`))),
  }
}
