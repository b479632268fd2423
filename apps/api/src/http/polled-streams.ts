import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from './errors.ts'
import { EventStream } from './event-stream.ts'

/** However many follow, one question to the database in so long. */
const EVERY_MS = 2_000
const HEARTBEAT_MS = 20_000
/** Then the line ends, and whoever still may opens another. */
const LONGEST_MS = 600_000
const MOST_FOLLOWERS = 2_000
/** Pages one person may have open at once; one more ends the oldest. */
const MOST_EACH = 8

/** What followers are told, and by what it is known whether it is news. */
export interface News {
  mark: string
  data: object
}

interface Follower {
  personId: string
  subject: string
  stream: EventStream
  /** Of what was sent last. */
  mark: string | null
}

/** Small states, pushed to whoever follows one. Asked for all of them together: nothing is announced by those who write. */
export class PolledStreams {
  readonly #deps: Deps
  readonly #event: string
  readonly #ask: (subjects: readonly string[]) => Promise<Map<string, News>>
  readonly #followers = new Set<Follower>()
  #asking = false
  #closed = false

  /** @param ask how the subjects that are followed stand now */
  constructor(
    app: FastifyInstance,
    deps: Deps,
    event: string,
    ask: (subjects: readonly string[]) => Promise<Map<string, News>>,
  ) {
    this.#deps = deps
    this.#event = event
    this.#ask = ask
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
  follow(personId: string, subject: string): EventStream {
    // In the order in which they came.
    const own = [...this.#followers].filter((each) => each.personId === personId)
    for (const oldest of own.slice(0, Math.max(0, own.length - MOST_EACH + 1))) this.#end(oldest)
    if (this.#closed || this.#followers.size >= MOST_FOLLOWERS) throw new AppError('unavailable', { retryAfter: 5 })
    const follower: Follower = { personId, subject, stream: new EventStream(), mark: null }
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
      const news = await this.#ask([...new Set([...this.#followers].map(({ subject }) => subject))])
      for (const follower of this.#followers) {
        const its = news.get(follower.subject)
        if (its === undefined || its.mark === follower.mark) continue
        follower.mark = its.mark
        follower.stream.send(`event: ${this.#event}\ndata: ${JSON.stringify(its.data)}\n\n`)
      }
    } catch (error) {
      // They keep what they have; the next look reads anew.
      this.#deps.logger.warn({ err: error, event: this.#event }, 'what is followed could not be read')
    } finally {
      this.#asking = false
    }
  }
}
