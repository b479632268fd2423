import { type HashName, hashText, isHashName, payloadHash } from './hash.ts'

/** What is hashed of one event. `previous` is the hash of the event before it, null for the first. */
export interface Link {
  /** see `subjectName` */
  subject: string
  /** 1 for the first event of a subject, then without gaps */
  seq: number
  action: string
  from: string | null
  to: string | null
  /** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it */
  occurredAt: string
  recordedAt: string
  recordHash: string
  /** null when the event never had a personal payload */
  personalHash: string | null
  previous: string | null
}

export interface StoredLink extends Link {
  hash: string
  hashName: string
}

/** What the two payload hashes commit to. After erasure `personal` and `personalSalt` are both null, the hash stays. */
export interface Payloads {
  record: unknown
  recordSalt: string
  personal: unknown
  personalSalt: string | null
}

export type BreakReason =
  | 'gap'
  | 'broken_link'
  | 'hash_mismatch'
  | 'record_altered'
  | 'personal_altered'
  | 'personal_missing'

export interface Break {
  subject: string
  seq: number
  reason: BreakReason
  expected: string | number | null
  found: string | number | null
}

/** The action that may take personal payloads away: without it later in the chain, a missing payload is a break. */
export const ERASING_ACTION = 'erase_personal'

/** The name of a chain inside its links: `issue:340803002001-0190…`, the kind and the public id of the record. */
export const subjectName = (type: string, communityCode: string, id: string): string => `${type}:${communityCode}-${id}`

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value))

/**
 * RFC 8785 form of a link. Written out because the keys are fixed and verification does millions:
 * the tests hold it equal to `canonicalForm` of the same object.
 */
export const canonicalLink = (link: Link): string =>
  `{"action":${text(link.action)},"from":${text(link.from)},"occurred_at":${text(link.occurredAt)},` +
  `"personal_hash":${text(link.personalHash)},"previous":${text(link.previous)},"record_hash":${text(link.recordHash)},` +
  `"recorded_at":${text(link.recordedAt)},"seq":${link.seq},"subject":${text(link.subject)},"to":${text(link.to)}}`

export const linkHash = (hashName: HashName, link: Link): string => hashText(hashName, canonicalLink(link))

/** Goes along one chain, link by link, holding only the last one, so that a chain of any length takes no memory. */
export interface ChainChecker {
  /** The first thing wrong with this link, or null. After a break, start a new checker. */
  next(link: StoredLink, payloads?: Payloads): Break | null
  /** What only the end of the chain shows: a personal payload that vanished without its erasure being recorded. */
  end(): Break | null
}

export const createChainChecker = (): ChainChecker => {
  let previous: StoredLink | null = null
  let missing: StoredLink | null = null

  const brokenAt = (
    link: StoredLink,
    reason: BreakReason,
    expected: Break['expected'],
    found: Break['found'],
  ): Break => ({
    subject: link.subject,
    seq: link.seq,
    reason,
    expected,
    found,
  })

  return {
    next(link, payloads) {
      const expectedSeq: number = previous === null ? 1 : previous.seq + 1
      if (link.seq !== expectedSeq) return brokenAt(link, 'gap', expectedSeq, link.seq)
      if (previous !== null && link.subject !== previous.subject) {
        return brokenAt(link, 'broken_link', previous.subject, link.subject)
      }
      const expectedPrevious: string | null = previous === null ? null : previous.hash
      if (link.previous !== expectedPrevious) return brokenAt(link, 'broken_link', expectedPrevious, link.previous)
      if (!isHashName(link.hashName)) return brokenAt(link, 'hash_mismatch', 'sha256 | sm3', link.hashName)
      const hash = linkHash(link.hashName, link)
      if (hash !== link.hash) return brokenAt(link, 'hash_mismatch', hash, link.hash)

      if (payloads !== undefined) {
        const record = payloadHashOrNull(link.hashName, payloads.recordSalt, payloads.record)
        if (record !== link.recordHash) return brokenAt(link, 'record_altered', link.recordHash, record)
        const { personal, personalSalt } = payloads
        if (personal === null && personalSalt === null) {
          if (link.personalHash !== null) missing ??= link
        } else if (personal === null || personalSalt === null) {
          return brokenAt(link, 'personal_missing', link.personalHash, null)
        } else {
          const found = payloadHashOrNull(link.hashName, personalSalt, personal)
          if (found !== link.personalHash) return brokenAt(link, 'personal_altered', link.personalHash, found)
        }
      }
      if (missing !== null && missing !== link && link.action === ERASING_ACTION) missing = null
      previous = link
      return null
    },
    end() {
      return missing === null ? null : brokenAt(missing, 'personal_missing', missing.personalHash, null)
    },
  }
}

const payloadHashOrNull = (hashName: HashName, salt: string, payload: unknown): string | null => {
  try {
    return payloadHash(hashName, salt, payload)
  } catch {
    return null // a salt or payload that was edited into something unhashable is simply not what was committed to
  }
}

/**
 * The first break of a whole chain in order of seq, or null when it holds. Without `payloads` (a reader who may
 * not see them) the links alone are checked; an entry left undefined skips that link's payloads.
 */
export const checkChain = (
  links: readonly StoredLink[],
  payloads: readonly (Payloads | undefined)[] = [],
): Break | null => {
  const checker = createChainChecker()
  for (const [index, link] of links.entries()) {
    const found = checker.next(link, payloads[index])
    if (found !== null) return found
  }
  return checker.end()
}
