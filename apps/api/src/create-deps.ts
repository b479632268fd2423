import type { Logger } from 'pino'
import { statutoryCalendar } from './calendar/statutory-calendar.ts'
import type { Sms } from './channels/sms.ts'
import type { Config } from './config.ts'
import { Announcements } from './db/announcements.ts'
import { connect, createPool } from './db/connect.ts'
import type { Clock, Deps } from './deps.ts'
import { Directory } from './directory.ts'
import { createCipher } from './personal-data/cipher.ts'
import type { Storage } from './storage/storage.ts'

export interface Outside {
  /** The database in use: `config.databaseUrl`, or the embedded server's. */
  databaseUrl: string
  clock: Clock
  storage: Storage
  sms: Sms
  logger: Logger
}

/** Makes what a process works with; nothing is connected until it is used. `closeDeps` gives it back. */
export function createDeps(config: Config, outside: Outside): Deps {
  const { databaseUrl, ...given } = outside
  const report = (what: string) => (error: Error) => given.logger.error({ err: error }, what)
  const pool = createPool({ connectionString: databaseUrl, max: config.databasePool }, report('database pool'))
  const db = connect(pool)
  const announcements = new Announcements({ connectionString: databaseUrl, onError: report('database line') })
  const directoryPool = createPool(
    { connectionString: databaseUrl, max: 2, applicationName: 'tongxin-directory' },
    report('directory pool'),
  )
  const directory = new Directory({ pool: directoryPool, announcements, calendar: statutoryCalendar })
  return { ...given, config, pool, db, announcements, directory, cipher: createCipher(config.keys) }
}

export async function closeDeps(deps: Deps): Promise<void> {
  await deps.announcements.close()
  await deps.directory.close()
  await deps.pool.end()
}
