import { inboxRoutes, type UnreadCount } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { EventStream } from '../../http/event-stream.ts'
import { countUnread } from './inbox.queries.ts'

/** However many follow, one question to the database in so long. */
const EVERY_MS = 2_000
const HEARTBEAT_MS = 20_000
/** Then the line ends, and whoever still may opens another. */
const LONGEST_MS = 600_000
const MOST_FOLLOWERS = 2_000
/** Pages one person may have open at once; one more ends the oldest. */
const MOST_EACH = 8

interface Follower {
  personId: string
  stream: EventStream
  /** The last count sent. */
  unread: number | null
}

/** Unread counts, pushed to whoever follows their own. Asked for all of them together: nothing is announced by those who write. */
export class InboxStreams {
  readonly #deps: Deps
  readonly #followers = new Set<Follower>()
  #asking = false
  #closed = false

  constructor(app: FastifyInstance, deps: Deps) {
    this.#deps = deps
    const look = setInterval(() => void this.#look(), EVERY_MS)
    const heartbeat = setInterval(() => {
      for (const { stream } of this.#followers) stream.beat()
    }, HEARTBEAT_MS)
    look.unref()
    heartbeat.unref()
    app.addHook('preClose', async () => {
      this.#closed = true
      clearInterval(look)
      clearInterval(heartbeat)
      for (const { stream } of this.#followers) stream.end()
    })
  }

  /** @throws AppError unavailable when too many follow already */
  follow(personId: string): EventStream {
    // In the order in which they came.
    const own = [...this.#followers].filter((each) => each.personId === personId)
    for (const oldest of own.slice(0, Math.max(0, own.length - MOST_EACH + 1))) this.#end(oldest)
    if (this.#closed || this.#followers.size >= MOST_FOLLOWERS) throw new AppError('unavailable', { retryAfter: 5 })
    const follower: Follower = { personId, stream: new EventStream(), unread: null }
    const end = setTimeout(() => this.#end(follower), LONGEST_MS)
    end.unref()
    follower.stream.once('close', () => {
      clearTimeout(end)
      this.#followers.delete(follower)
    })
    this.#followers.add(follower)
    follower.stream.send('retry: 2000\n\n')
    void this.#look()
    return follower.stream
  }

  #end(follower: Follower): void {
    this.#followers.delete(follower)
    follower.stream.end()
  }

  async #look(): Promise<void> {
    if (this.#asking || this.#closed || this.#followers.size === 0) return
    this.#asking = true
    try {
      const { db, clock } = this.#deps
      const people = [...new Set([...this.#followers].map(({ personId }) => personId))]
      const counts = await countUnread(db, people, clock.now())
      for (const follower of this.#followers) {
        const unread = counts.get(follower.personId)
        if (unread === undefined || unread === follower.unread) continue
        follower.unread = unread
        follower.stream.send(`event: inbox\ndata: ${JSON.stringify({ unread } satisfies UnreadCount)}\n\n`)
      }
    } catch (error) {
      // They keep the count they have; the next look reads anew.
      this.#deps.logger.warn(
        { err: error, route: inboxRoutes.followInbox.operationId },
        'unread counts could not be read',
      )
    } finally {
      this.#asking = false
    }
  }
}
