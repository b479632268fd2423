import { createHash } from 'node:crypto'
import { type ClientScope, type Permission, scopeFor } from '@tongxin/contract'
import type { Announcements } from '../db/announcements.ts'
import type { Db } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { Clock } from '../deps.ts'
import { type Actor, makeActor } from './actor.ts'
import { AppError } from './errors.ts'

export const CLIENTS_CHANGED = 'clients_changed'

/** What tells a key from a person's access token. */
export const KEY_PREFIX = 'txk_'

/** A key has 256 bits by chance: an ordinary hash cannot be turned back. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex')

/** A third-party system as it stands behind a request. */
export interface Client {
  id: string
  personId: string
  regionCode: string
  scopes: readonly ClientScope[]
}

interface Entry {
  client: Client
  /** Milliseconds: the end of the key or of the client. */
  until: number
  usedAt: number
}

interface ClientRow {
  id: string
  person_id: string
  region_code: string
  scopes: ClientScope[]
  until: string
  last_used_at: string | null
}

const CLIENT = `
  select c.id, c.person_id, c.region_code, c.scopes, c.last_used_at, least(k.ends_at, c.expires_at) as until
  from api_client_keys k join api_clients c on c.id = k.client_id
  where k.hash = $1 and c.approved_at is not null and c.revoked_at is null and least(k.ends_at, c.expires_at) > $2`

const USED = `update api_clients set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)`

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Requests of one client in a minute, for each process: ample for a system that works, little for one that runs wild. */
export const MOST_A_MINUTE = 600

/**
 * Whose a key is and what it opens now, from memory. Whoever changes a client announces it; while that line is down nothing is
 * answered from memory.
 */
export class ClientAccess {
  readonly #db: Db
  readonly #clock: Clock
  readonly #announcements: Announcements
  readonly #keys = new Map<string, Entry>()
  readonly #counted = new Map<string, { from: number; calls: number }>()
  #generation = 0

  constructor(settings: { db: Db; clock: Clock; announcements: Announcements }) {
    this.#db = settings.db
    this.#clock = settings.clock
    this.#announcements = settings.announcements
    settings.announcements.on(CLIENTS_CHANGED, () => this.forget())
  }

  /** Call after a commit that changed a client or its keys: this process knows at once. */
  forget(): void {
    this.#generation++
    this.#keys.clear()
  }

  /** @throws AppError key_invalid, too_many_attempts */
  async admit(key: string): Promise<Actor> {
    const hash = keyHash(key)
    const now = this.#clock.now().getTime()
    let entry = this.#keys.get(hash)
    if (!entry || entry.until <= now) entry = await this.#find(hash, now)
    if (!entry) throw new AppError('key_invalid')
    this.#count(entry.client.id, now)
    if (entry.usedAt < now - HOUR_MS) {
      entry.usedAt = now
      const values = [entry.client.id, new Date(now).toISOString(), new Date(now - HOUR_MS).toISOString()]
      await prepared(this.#db, 'client_used', USED, values)
    }
    const { personId } = entry.client
    return Object.freeze({
      ...makeActor({ personId, sessionId: null, accountLevel: 'guest', grants: [] }),
      client: entry.client,
    })
  }

  async #find(hash: string, now: number): Promise<Entry | undefined> {
    const generation = this.#generation
    const [row] = await prepared<ClientRow>(this.#db, 'client_by_key', CLIENT, [hash, new Date(now).toISOString()])
    if (!row) return undefined
    const { id, person_id: personId, region_code: regionCode, scopes } = row
    const usedAt = row.last_used_at === null ? 0 : Date.parse(row.last_used_at)
    const entry = { client: { id, personId, regionCode, scopes }, until: Date.parse(row.until), usedAt }
    // A change announced while the query ran may not be in its answer.
    if (this.#announcements.standing && generation === this.#generation) this.#keys.set(hash, entry)
    return entry
  }

  #count(id: string, now: number): void {
    const counted = this.#counted.get(id)
    if (!counted || now - counted.from >= MINUTE_MS) {
      this.#counted.set(id, { from: now, calls: 1 })
      return
    }
    counted.calls += 1
    if (counted.calls > MOST_A_MINUTE)
      throw new AppError('too_many_attempts', { retryAfter: (counted.from + MINUTE_MS - now) / 1_000 })
  }
}

/**
 * The client as it may act under one permission: what anybody may read without a post, what its scope reads as a supervisor of its
 * region; raising takes no post. @throws AppError insufficient_scope
 */
export function clientActing(actor: Actor, client: Client, permission: Permission): Actor {
  const scope = scopeFor(permission)
  if (scope === 'none') return actor
  if (scope === null || !client.scopes.includes(scope)) throw new AppError('insufficient_scope')
  if (scope === 'issues.raise') return actor
  const grants = [{ role: 'supervisor' as const, regionCode: client.regionCode, unitId: null }]
  const { personId } = client
  return Object.freeze({ ...makeActor({ personId, sessionId: null, accountLevel: 'guest', grants }), client })
}
