import pg from 'pg'
import type { Tx } from './connect.ts'

const RECONNECT_MS = 1_000

/**
 * One line to the database on which other processes' commits are heard (LISTEN/NOTIFY). What is kept in memory may be
 * trusted only while the line stands: on loss every subscriber is told to forget.
 */
export class Announcements {
  readonly #connectionString: string
  readonly #onError: (error: Error) => void
  readonly #subscribers = new Map<string, ((payload: string | null) => void)[]>()
  #client: pg.Client | null = null
  #standing = false
  #closed = false
  #retry: NodeJS.Timeout | undefined

  constructor(settings: { connectionString: string; onError: (error: Error) => void }) {
    this.#connectionString = settings.connectionString
    this.#onError = settings.onError
  }

  /** Whether commits are heard; while not, nothing may be answered from memory. */
  get standing(): boolean {
    return this.#standing
  }

  /** `heard` gets the payload, or null when anything may have changed. Subscribe before `listen`. */
  on(channel: string, heard: (payload: string | null) => void): void {
    const subscribers = this.#subscribers.get(channel)
    if (subscribers) subscribers.push(heard)
    else this.#subscribers.set(channel, [heard])
  }

  async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'tongxin-announcements',
    })
    this.#client = client
    client.on('notification', ({ channel, payload }) => {
      for (const heard of this.#subscribers.get(channel) ?? []) heard(payload ?? '')
    })
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client))
    try {
      await client.connect()
      for (const channel of this.#subscribers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`)
      this.#forgetAll()
      this.#standing = !this.#closed
    } catch (error) {
      this.#lost(client, error as Error)
    }
    if (this.#closed) await client.end().catch(() => {})
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#standing = false
    clearTimeout(this.#retry)
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => {})
  }

  #forgetAll(): void {
    for (const subscribers of this.#subscribers.values()) for (const heard of subscribers) heard(null)
  }

  #lost(client: pg.Client, error?: Error): void {
    if (this.#client !== client) return
    this.#client = null
    this.#standing = false
    this.#forgetAll()
    client.end().catch(() => {})
    if (this.#closed) return
    if (error) this.#onError(error)
    this.#retry = setTimeout(() => void this.listen(), RECONNECT_MS)
    this.#retry.unref()
  }
}

/** Heard by every process once, and only if, the transaction commits. */
export async function announce(tx: Tx, channel: string, payload = ''): Promise<void> {
  await tx.$client.query('select pg_notify($1, $2)', [channel, payload])
}
