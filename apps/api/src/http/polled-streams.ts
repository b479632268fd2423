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

/** How the subjects of one kind that are followed stand now. */
type Ask = (subjects: readonly string[]) => Promise<Map<string, News>>

interface Follower<Event extends string> {
  personId: string
  /** By event. */
  subjects: Partial<Record<Event, string>>
  stream: EventStream
  /** By event, of what was sent last. */
  marks: Map<Event, string>
}

/** Small states, pushed to whoever follows some. Asked for all of them together: nothing is announced by those who write. */
export class PolledStreams<Event extends string> {
  readonly #deps: Deps
  readonly #asks: readonly [Event, Ask][]
  readonly #followers = new Set<Follower<Event>>()
  #asking = false
  #closed = false

  /** @param asks by event */
  constructor(app: FastifyInstance, deps: Deps, asks: Record<Event, Ask>) {
    this.#deps = deps
    this.#asks = Object.entries(asks) as [Event, Ask][]
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
  follow(personId: string, subjects: Partial<Record<Event, string>>): EventStream {
    // In the order in which they came.
    const own = [...this.#followers].filter((each) => each.personId === personId)
    for (const oldest of own.slice(0, Math.max(0, own.length - MOST_EACH + 1))) this.#end(oldest)
    if (this.#closed || this.#followers.size >= MOST_FOLLOWERS) throw new AppError('unavailable', { retryAfter: 5 })
    const follower: Follower<Event> = { personId, subjects, stream: new EventStream(), marks: new Map() }
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

  #end(follower: Follower<Event>): void {
    this.#followers.delete(follower)
    follower.stream.end()
  }

  async #look(): Promise<void> {
    if (this.#asking || this.#closed || this.#followers.size === 0) return
    this.#asking = true
    try {
      await Promise.all(this.#asks.map(([event, ask]) => this.#tell(event, ask)))
    } finally {
      this.#asking = false
    }
  }

  async #tell(event: Event, ask: Ask): Promise<void> {
    const followed = [...this.#followers].flatMap(({ subjects }) => subjects[event] ?? [])
    if (followed.length === 0) return
    try {
      const news = await ask([...new Set(followed)])
      for (const { subjects, marks, stream } of this.#followers) {
        const its = news.get(subjects[event] ?? '')
        if (its === undefined || its.mark === marks.get(event)) continue
        marks.set(event, its.mark)
        stream.send(`event: ${event}\ndata: ${JSON.stringify(its.data)}\n\n`, event)
      }
    } catch (error) {
      // They keep what they have; the next look reads anew.
      this.#deps.logger.warn({ err: error, event }, 'what is followed could not be read')
    }
  }
}
