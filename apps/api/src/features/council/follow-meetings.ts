import { setTimeout as after } from 'node:timers/promises'
import { councilRoutes, makePublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { NOBODY } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { EventStream } from '../../http/event-stream.ts'
import { writersOf } from '../../http/serializer.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { readMeeting } from './read-meeting.ts'

const CHANGED = 'meeting_changed'
/** However fast votes come in, a meeting is read this often and no oftener, once for all who follow it. */
const EVERY_MS = 400
const HEARTBEAT_MS = 20_000
const MOST_FOLLOWERS = 2_000
const write = (view: unknown): string => writersOf(councilRoutes.readMeeting).get(200)!(view)

interface Followed {
  key: MeetingKey
  followers: Set<EventStream>
  /** The last state sent. */
  text: string | null
  reading: Promise<void> | null
  /** Something may have changed since the last reading began. */
  stale: boolean
  /** Something did: followers who may see more than the public read it for themselves, even if this text is the same. */
  changed: boolean
}

/**
 * Meetings as the public may see them, pushed to whoever follows one (`text/event-stream`). All followers of a meeting
 * share one reading of it and one text.
 */
export class MeetingStreams {
  readonly #deps: Deps
  readonly #meetings = new Map<string, Followed>()
  #followers = 0
  #closed = false

  constructor(app: FastifyInstance, deps: Deps) {
    this.#deps = deps
    deps.announcements.on(CHANGED, (id) => this.#changed(id))
    const heartbeat = setInterval(() => {
      for (const follower of this.#all()) follower.beat()
    }, HEARTBEAT_MS)
    heartbeat.unref()
    app.addHook('preClose', async () => {
      this.#closed = true
      clearInterval(heartbeat)
      for (const follower of this.#all()) follower.end()
    })
  }

  /** @throws AppError not_found for what the public may not see; unavailable when too many follow already */
  async follow(key: MeetingKey): Promise<EventStream> {
    if (this.#closed || this.#followers >= MOST_FOLLOWERS) throw new AppError('unavailable', { retryAfter: 5 })
    // Counted before it is waited for: many may come at once.
    this.#followers += 1
    try {
      return this.#place(await this.#followed(key))
    } catch (error) {
      this.#followers -= 1
      throw error
    }
  }

  async #followed(key: MeetingKey): Promise<Followed> {
    const id = makePublicId(key.communityCode, key.id)
    let followed = this.#meetings.get(id)
    if (!followed) {
      followed = {
        key,
        followers: new Set(),
        text: await this.#textOf(key),
        reading: null,
        stale: false,
        changed: false,
      }
      followed = this.#meetings.get(id) ?? followed
      this.#meetings.set(id, followed)
    }
    return followed
  }

  #place(followed: Followed): EventStream {
    const { key, followers } = followed
    const id = makePublicId(key.communityCode, key.id)
    // Its last follower may have gone while this one waited.
    this.#meetings.set(id, followed)
    const stream = new EventStream()
    stream.once('close', () => {
      this.#followers -= 1
      followers.delete(stream)
      if (followers.size === 0 && this.#meetings.get(id)?.followers === followers) this.#meetings.delete(id)
    })
    followers.add(stream)
    stream.send(`retry: 2000\n\n${followed.text ?? ''}`)
    // Something may have changed between the reading and this follower's place in the set.
    this.#read(followed)
    return stream
  }

  *#all(): Generator<EventStream> {
    for (const { followers } of this.#meetings.values()) yield* followers
  }

  #changed(id: string | null): void {
    for (const followed of id === null ? this.#meetings.values() : [this.#meetings.get(id)]) {
      if (!followed) continue
      followed.changed = true
      this.#read(followed)
    }
  }

  #read(followed: Followed): void {
    followed.stale = true
    followed.reading ??= this.#readUntilFresh(followed).finally(() => {
      followed.reading = null
    })
  }

  async #readUntilFresh(followed: Followed): Promise<void> {
    while (followed.stale && followed.followers.size > 0 && !this.#closed) {
      const { changed } = followed
      followed.stale = false
      followed.changed = false
      try {
        const text = await this.#textOf(followed.key)
        if (changed || text !== followed.text) for (const follower of followed.followers) follower.send(text)
        followed.text = text
      } catch (error) {
        // Followers keep what they have; the next change, or the line to the database standing again, reads anew.
        this.#deps.logger.warn({ err: error }, 'a followed meeting could not be read')
      }
      await after(EVERY_MS, undefined, { ref: false })
    }
  }

  async #textOf(key: MeetingKey): Promise<string> {
    const view = await readMeeting(this.#deps.db, this.#deps, key, NOBODY)
    return `event: meeting\ndata: ${write(view)}\n\n`
  }
}
