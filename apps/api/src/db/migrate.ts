import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { ADVISORY_LOCKS } from './advisory-locks.ts'
import { createPool } from './connect.ts'

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Brings the schema and the job queue up to date; processes that start together wait for one another. */
export async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'tongxin-migrate' })
  client.on('error', () => {})
  await client.connect()
  // What fails on it fails the statement in hand too.
  const pool = createPool({ connectionString, max: 2, statementTimeout: 0, pipeline: false }, () => {})
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCKS.migrate])
    await refuseOtherHistory(client)
    await applyMigrations(drizzle(client), { migrationsFolder })
    await runMigrations({ pgPool: pool })
  } finally {
    await pool.end()
    // Ending the connection frees the lock.
    await client.end()
  }
}

/** drizzle looks only at times: a database made by migrations that were since rewritten would pass for up to date. */
async function refuseOtherHistory(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ made: string | null }>(
    `select to_regclass('drizzle.__drizzle_migrations')::text as made`,
  )
  if (!rows[0]?.made) return
  const applied = await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations order by id')
  const known = readMigrationFiles({ migrationsFolder })
  if (applied.rows.every(({ hash }, at) => known[at]?.hash === hash)) return
  throw new Error(
    '数据库由另一版本的程序建立，无法升级到此版本；请使用与之相符的版本，或换用新的数据库（DATA_DIR 或 DATABASE_URL）。' +
      'The database was made by a version with another history of migrations: use that version, or a new database.',
  )
}
