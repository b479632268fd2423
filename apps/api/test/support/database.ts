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

/**
 * A database that others are copied from. Made by whichever test file comes first; the others wait for it.
 * @param of the database it is begun as a copy of; none for an empty one
 */
async function ensureTemplate(
  admin: pg.Client,
  name: string,
  of: string | null,
  fill: (url: string) => Promise<void>,
): Promise<string> {
  const ready = async () =>
    (await admin.query('select 1 from pg_database where datname = $1 and datallowconn is false', [name])).rowCount
  if (await ready()) return name
  await admin.query('select pg_advisory_lock($1)', [LOCK])
  try {
    if (await ready()) return name
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(of ? copyOf(name, of) : `create database ${name}`)
    await fill(databaseUrl(name))
    // Nobody may connect from here on: a template in use cannot be copied.
    await admin.query(`alter database ${name} with allow_connections false`)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return name
}
const copyOf = (name: string, template: string) => `create database ${name} template ${template} strategy file_copy`

const ensureFoundations = (admin: pg.Client) =>
  ensureTemplate(admin, templateName(), null, async (url) => {
    await migrate(url)
    await layFoundations(url)
  })

/** A further template, begun as any test's database; made once in a run. */
export const ensureFilled = (name: string, fill: (url: string) => Promise<void>): Promise<string> =>
  withAdmin(async (admin) => ensureTemplate(admin, name, await ensureFoundations(admin), fill))

let made = 0

/** A database of its own for a test file: migrated, with the reference places, and otherwise empty or as `template` is. */
export async function createTestDatabase(template?: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++made}`
  await withAdmin(async (admin) => {
    await admin.query(copyOf(name, template ?? (await ensureFoundations(admin))))
  })
  return {
    url: databaseUrl(name),
    drop: () => withAdmin(async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`))),
  }
}
