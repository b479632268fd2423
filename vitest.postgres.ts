import { startTestPostgres } from '@tongxin/local-postgres'

/** One throw-away server, in memory, for every test file of this run; each file makes its own database in it. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_POSTGRES_URL) return
  const server = await startTestPostgres()
  process.env.TEST_POSTGRES_URL = server.url
  return async () => {
    delete process.env.TEST_POSTGRES_URL
    await server.stop()
  }
}
