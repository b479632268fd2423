import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startTestPostgres } from '@tongxin/local-postgres'

/** One throw-away server, in memory, for every test file of this run; each file makes its own database in it. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_POSTGRES_URL) return
  const server = await startTestPostgres()
  const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-demo-'))
  process.env.TEST_POSTGRES_URL = server.url
  // The files and keys of the demo community that lies in a database there.
  process.env.TEST_DEMO_FOLDER = folder
  return async () => {
    delete process.env.TEST_POSTGRES_URL
    delete process.env.TEST_DEMO_FOLDER
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
