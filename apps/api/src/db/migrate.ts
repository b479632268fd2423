import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { ADVISORY_LOCKS } from './advisory-locks.ts'

export const migrationsFolder = new URL('./migrations', import.meta.url).pathname

/** Brings the schema and the job queue up to date; processes that start together wait for one another. */
export async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'tongxin-migrate' })
  client.on('error', () => {})
  await client.connect()
  const pool = new pg.Pool({ connectionString, max: 2 })
  pool.on('error', () => {})
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCKS.migrate])
    await applyMigrations(drizzle(client), { migrationsFolder })
    await runMigrations({ pgPool: pool })
  } finally {
    await pool.end()
    // Ending the connection frees the lock.
    await client.end()
  }
}
