import type { Socket } from 'node:net'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { databaseError } from './constraints.ts'
import type * as schema from './schema/index.ts'

type Schema = typeof schema

/** The database outside a transaction: each statement on any connection of the pool. */
export type Db = NodePgDatabase<Schema> & { $client: pg.Pool }

/** One open transaction. Nesting goes through `savepoint`: drizzle's own would commit the outer transaction here. */
export type Tx = Omit<NodePgDatabase<Schema>, 'transaction'> & { $client: pg.PoolClient }

/** What a query takes: it runs inside a transaction or outside. */
export type Queryable = Db | Tx

export interface PoolSettings {
  connectionString: string
  max?: number
  applicationName?: string
  /** Milliseconds after which the server cancels a statement; 0 never. */
  statementTimeout?: number
  /** Queries issued without waiting travel together; awaited ones behave the same. Off for COPY and cursors. */
  pipeline?: boolean
}

export function createPool(settings: PoolSettings, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: settings.connectionString,
    max: settings.max ?? 10,
    application_name: settings.applicationName ?? 'tongxin',
    statement_timeout: settings.statementTimeout ?? 60_000,
    options: '-c timezone=UTC -c idle_in_transaction_session_timeout=60s',
    pipeline: settings.pipeline ?? true,
  })
  // An idle connection that the server closes must not end the process.
  pool.on('error', onError)
  pool.on('connect', (client) => {
    client.on('error', onError)
    if (settings.pipeline ?? true) gather(client)
  })
  return pool
}

/**
 * Statements issued in one go leave in one packet instead of one each: the system call costs more than most statements do to
 * prepare. `query` is called before anything is written, so holding the stream there holds all of it.
 */
function gather(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const query = client.query as (...given: unknown[]) => unknown
  let holding = false
  const release = () => {
    holding = false
    stream.uncork()
  }
  client.query = ((...given: unknown[]) => {
    if (!holding) {
      holding = true
      stream.cork()
      process.nextTick(release)
    }
    return query.apply(client, given)
  }) as typeof client.query
}

export const connect = (pool: pg.Pool): Db => drizzle(pool) as unknown as Db

const perConnection = new WeakMap<pg.PoolClient, Tx>()

function txOn(client: pg.PoolClient): Tx {
  let tx = perConnection.get(client)
  if (!tx) {
    tx = drizzle(client) as unknown as Tx
    perConnection.set(client, tx)
  }
  return tx
}

interface Underway {
  sent: Promise<unknown>[]
  /** The first of them that failed. */
  failed: { error: unknown } | null
}
const underway = new WeakMap<Tx, Underway>()

/**
 * Lets a write travel on towards the commit without waiting for its answer: what follows in this transaction sees what it did, and
 * the transaction fails with its error when it fails. For writes whose answer nobody needs.
 */
export function send(tx: Tx, writing: Promise<unknown>): void {
  const its = underway.get(tx)
  if (!its) throw new Error('No transaction is open here')
  writing.catch((error: unknown) => {
    its.failed ??= { error }
  })
  its.sent.push(writing)
}

/** What PostgreSQL answers to every statement after the one that failed. */
const ABORTED = '25P02'

export interface TransactionOptions {
  /** e.g. `isolation level repeatable read, read only` */
  mode?: string
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Not awaited: it travels with the first statement. Its failure fails that statement too.
    const begun = client.query(options.mode ? `begin ${options.mode}` : 'begin')
    begun.catch(() => {})
    const tx = txOn(client)
    const its: Underway = { sent: [begun], failed: null }
    underway.set(tx, its)
    try {
      const result = await work(tx)
      // One that never reached the server has not failed the transaction there.
      if (its.failed) throw its.failed.error
      const [ending] = await Promise.all([client.query('commit'), ...its.sent])
      // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, not with an error.
      if (ending.command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      // What came after the failure is only its echo.
      throw its.failed && databaseError(error)?.code === ABORTED ? its.failed.error : error
    }
  } finally {
    client.release(broken)
  }
}
