import type { PlannedIssue } from './plan-row.ts'

/** A planned matter under the name it goes by in this source. */
export interface NamedIssue extends PlannedIssue {
  externalId: string
  hash: string
  /** The same message stood in the file before. */
  repeated: boolean
}

const SHORT = 12

/**
 * Names the matters of one file. The source's number is the name; where a file gives one number to two different
 * messages, the later one is named by number and content; where it gives none, the content alone is the name.
 * Rows must come in file order, also those an earlier run has taken, so that each gets the name it had then.
 */
export class RowNames {
  readonly #keyedHash: (text: string) => string
  /** Name → the start of its content's hash. */
  readonly #given = new Map<string, string>()

  /** @param keyedHash so that the row does not give away, by a plain hash, words that were erased later */
  constructor(keyedHash: (text: string) => string) {
    this.#keyedHash = keyedHash
  }

  name(issue: PlannedIssue): NamedIssue {
    const hash = this.#keyedHash(issue.contentHash.toString('hex'))
    const short = hash.slice(0, SHORT)
    const number = issue.number ?? `~${hash.slice(0, 2 * SHORT)}`
    const before = this.#given.get(number)
    const externalId = before === undefined || before === short ? number : `${number}#${short}`
    const repeated = this.#given.has(externalId)
    if (!repeated) this.#given.set(externalId, short)
    return { ...issue, externalId, hash, repeated }
  }
}
