import { splitPublicId } from '@tongxin/contract'
import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { DIGEST } from './opinion-map.queries.ts'

const only = () => ''
const UNDECIDED = { decidedBy: null, decidedAt: null, reason: null }

/** A statement's row as the events of its chain make it. Answers are in no chain: they are nobody's to look into. */
export const replayedStatement: ReplayedKind = {
  name: 'statements',
  rows: rowsOf('statements', 'x.id = c.id', {
    issueId: 'issue_id',
    authorId: 'author_id',
    text: 'text',
    version: 'text_version',
    state: 'state',
    raisedAt: 'raised_at',
    decidedBy: 'decided_by',
    decidedAt: 'decided_at',
    reason: 'reason',
  }),
  replay: (made, { action, record, at, to, named }) => {
    if (action === 'raise') {
      const issueId = splitPublicId(String(record.issueId)).id
      made.push({
        issueId,
        authorId: named('by'),
        text: named('text'),
        version: 1,
        state: to,
        raisedAt: at,
        ...UNDECIDED,
      })
    }
    const decided = { decidedBy: named('by'), decidedAt: at, reason: record.reason ?? null }
    Object.assign(made[0] ?? {}, {
      state: to,
      ...(action === 'change' ? { text: named('text'), version: record.version, ...UNDECIDED } : {}),
      ...(action === 'accept' || action === 'reject' ? decided : {}),
      // Public from here on, whatever becomes of the payload it was raised with.
      ...(action === 'accept' ? { text: record.text } : {}),
      ...(action === 'erase_personal'
        ? { authorId: null, ...(to === 'erased' ? { text: '', ...UNDECIDED } : {}) }
        : {}),
    })
  },
  place: only,
}

/** The maps put on record, as a table led by the matter they belong to. */
export const RECORDED_MAPS = `(select community_code, issue_id as id, recorded_at, ${DIGEST} as digest from opinion_maps
  where recorded_at is not null)`

/** The map on record: its digest, made anew from what is stored, is the last one in its chain. */
export const replayedMap: ReplayedKind = {
  name: 'opinion_maps',
  rows: rowsOf(RECORDED_MAPS, 'x.id = c.id', { recordedAt: 'recorded_at', digest: 'digest' }),
  replay: (made, { record, at }) => {
    made.splice(0, made.length, { recordedAt: at, digest: record.digest })
  },
  place: only,
}
