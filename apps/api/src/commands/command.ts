import path from 'node:path'
import { openLocalPostgres } from '@tongxin/local-postgres'
import { printingSms } from '../channels/sms.ts'
import { ConfigError, loadConfig } from '../config.ts'
import { closeDeps, createDeps } from '../create-deps.ts'
import { type Deps, systemClock } from '../deps.ts'
import { createLogger } from '../logger.ts'
import { createFolderStorage } from '../storage/folder-storage.ts'

/** What was asked for cannot be done; the message says what to do instead. */
export class UsageError extends Error {}

/** Ends the process with what `main` answers. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error
    console.error(`✗ ${error.message}`)
    process.exitCode = 2
  }
}

/** Beside a running server or without one. `first` is done to the database before anything else. */
export async function onInstallation<T>(
  work: (deps: Deps) => Promise<T>,
  first?: (databaseUrl: string) => Promise<void>,
): Promise<T> {
  const config = loadConfig()
  const server = config.databaseUrl
    ? null
    : await openLocalPostgres({
        dataDir: path.join(config.dataDir, 'postgres'),
        log: (line) => console.log(`▸ ${line}`),
      })
  try {
    const databaseUrl = config.databaseUrl ?? server!.url
    await first?.(databaseUrl)
    const deps = createDeps(config, {
      databaseUrl,
      clock: systemClock,
      storage: createFolderStorage(path.join(config.dataDir, 'files')),
      sms: printingSms(),
      logger: createLogger(config.logLevel),
    })
    try {
      return await work(deps)
    } finally {
      await closeDeps(deps)
    }
  } finally {
    await server?.stop()
  }
}
