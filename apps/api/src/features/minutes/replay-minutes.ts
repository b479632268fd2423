import { splitPublicId } from '@tongxin/contract'
import { instantOf, type Made, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const OF_MEETING = 'x.meeting_id = c.id'

const VERSIONS: ReadonlySet<string> = new Set(['revise_minutes', 'publish_minutes', 'take_back_minutes'])

/** What a step does to the minutes' row beside their version and hash. */
const changeBy = (action: string, record: Record<string, unknown>, at: string): Made => {
  switch (action) {
    case 'publish_minutes':
      return { state: 'amending', publishedAt: at, amendUntil: instantOf(record.amendUntil) }
    case 'take_back_minutes':
      return { state: 'draft', publishedAt: null, amendUntil: null }
    case 'lock_minutes':
      return { state: 'confirmed', confirmedAt: at }
    default:
      return {}
  }
}

/** The minutes' row as the meeting's events make it; their text is checked against the hash beside it. */
export const replayedMinutes: ReplayedKind = {
  name: 'minutes',
  rows: rowsOf('minutes', OF_MEETING, {
    number: `content ->> 'number'`,
    state: 'state',
    contentHash: 'content_hash',
    hashName: 'hash_name',
    version: 'version',
    draftedBy: 'drafted_by',
    draftedAt: 'drafted_at',
    publishedAt: 'published_at',
    amendUntil: 'amend_until',
    confirmedAt: 'confirmed_at',
  }),
  replay: (made, { action, record, at, named }) => {
    const written = { contentHash: record.hash, hashName: record.hashName }
    if (action === 'draft_minutes') {
      const unpublished = { publishedAt: null, amendUntil: null, confirmedAt: null }
      const drafted = { draftedBy: named('by'), draftedAt: at, number: record.number, state: 'draft', version: 1 }
      made.push({ ...drafted, ...written, ...unpublished })
    }
    const [row] = made
    if (!row) return
    // An answer writes a version only where it changed the text.
    if (VERSIONS.has(action) || (action === 'answer_amendment' && record.hash !== undefined))
      Object.assign(row, written, { version: Number(row.version) + 1 })
    Object.assign(row, changeBy(action, record, at))
  },
  place: () => '',
}

export const replayedAmendments: ReplayedKind = {
  name: 'minutes_amendments',
  rows: rowsOf('minutes_amendments', OF_MEETING, {
    id: 'id',
    personId: 'person_id',
    issueId: 'issue_id',
    text: 'text',
    state: 'state',
    reply: 'reply',
    proposedAt: 'proposed_at',
    answeredBy: 'answered_by',
    answeredAt: 'answered_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'propose_amendment') {
      const issueId = record.issueId === null ? null : splitPublicId(String(record.issueId)).id
      const open = { state: 'open', reply: null, answeredBy: null, answeredAt: null }
      made.push({
        id: record.amendmentId,
        personId: named('by'),
        issueId,
        text: named('text'),
        proposedAt: at,
        ...open,
      })
    }
    if (action !== 'answer_amendment') return
    const state = record.accepted === true ? 'accepted' : 'rejected'
    const row = made.find(({ id }) => id === record.amendmentId)
    Object.assign(row ?? {}, { state, reply: named('reply'), answeredBy: named('by'), answeredAt: at })
  },
  place: ({ id }) => String(id),
}

export const replayedConfirmations: ReplayedKind = {
  name: 'minutes_confirmations',
  rows: rowsOf('minutes_confirmations', OF_MEETING, {
    personId: 'person_id',
    version: 'version',
    as: '"as"',
    at: 'at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action !== 'confirm_minutes') return
    made.push({ personId: named('by'), version: record.version, as: record.as, at })
  },
  place: ({ personId, version }) => `${String(personId)} ${String(version).padStart(6, '0')}`,
}
