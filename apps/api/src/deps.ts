import type pg from 'pg'
import type { Logger } from 'pino'
import type { Sms } from './channels/sms.ts'
import type { Config } from './config.ts'
import type { Announcements } from './db/announcements.ts'
import type { Db } from './db/connect.ts'
import type { Directory } from './directory.ts'
import type { Cipher } from './personal-data/cipher.ts'
import type { Storage } from './storage/storage.ts'

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export type { Sms, Storage }

/** Everything the app works with, made by whoever starts it (see `create-deps.ts`). */
export interface Deps {
  config: Config
  pool: pg.Pool
  db: Db
  /** The line on which other processes' commits are heard; `buildApp` opens it. */
  announcements: Announcements
  /** Regions and policies, from memory. */
  directory: Directory
  clock: Clock
  cipher: Cipher
  storage: Storage
  sms: Sms
  logger: Logger
}
