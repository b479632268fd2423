import { Readable } from 'node:stream'

/** A queue this long means the reader is slower than the changes: it gets the newest when it can take it. */
const HIGH_WATER_BYTES = 65_536
/** A reader who has not taken the rest by then does not read. */
const LINGER_MS = 5_000

/**
 * One reader of a `text/event-stream`. What is sent while the reader cannot take it is replaced by what comes after of the same event: a
 * state is followed, not a log.
 */
export class EventStream extends Readable {
  readonly #waiting = new Map<string, string>()
  #full = false
  #ended = false

  constructor() {
    super({ highWaterMark: HIGH_WATER_BYTES })
  }

  override _read(): void {
    this.#full = false
    if (this.#waiting.size === 0) return
    const text = [...this.#waiting.values()].join('')
    this.#waiting.clear()
    this.send(text)
  }

  send(text: string, event = ''): void {
    if (this.destroyed || this.#ended) return
    if (this.#full) this.#waiting.set(event, text)
    else this.#full = !this.push(text)
  }

  /** Shows proxies and readers that the line stands. */
  beat(): void {
    if (!this.#full && !this.destroyed && !this.#ended) this.push(':\n\n')
  }

  end(): void {
    if (this.destroyed || this.#ended) return
    this.#ended = true
    this.push(null)
    const late = setTimeout(() => this.destroy(), LINGER_MS)
    late.unref()
    this.once('close', () => clearTimeout(late))
  }
}
