import { Readable } from 'node:stream'

/** A queue this long means the reader is slower than the changes: it gets the newest when it can take it. */
const HIGH_WATER_BYTES = 65_536

/**
 * One reader of a `text/event-stream`. What is sent while the reader cannot take it is replaced by what comes after: a
 * state is followed, not a log.
 */
export class EventStream extends Readable {
  #waiting: string | null = null
  #full = false

  constructor() {
    super({ highWaterMark: HIGH_WATER_BYTES })
  }

  override _read(): void {
    this.#full = false
    const text = this.#waiting
    if (text === null) return
    this.#waiting = null
    this.send(text)
  }

  send(text: string): void {
    if (this.destroyed || this.readableEnded) return
    if (this.#full) this.#waiting = text
    else this.#full = !this.push(text)
  }

  /** Shows proxies and readers that the line stands. */
  beat(): void {
    if (!this.#full && !this.destroyed && !this.readableEnded) this.push(':\n\n')
  }

  end(): void {
    this.push(null)
  }
}
