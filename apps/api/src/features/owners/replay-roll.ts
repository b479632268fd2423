import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { titlesDigest } from './roll.queries.ts'

/** A roll with the digest of all its titles, made anew from the rows. */
const DIGESTED = `(select r.*, ${titlesDigest('r.community_code')} as digest from owner_rolls r)`

export const replayedTitles: ReplayedKind = {
  name: 'owner_rolls',
  rows: rowsOf(DIGESTED, 'x.id = c.id', { importedBy: 'imported_by', importedAt: 'imported_at', digest: 'digest' }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'import')
      made.splice(0, made.length, { importedBy: named('by'), importedAt: at, digest: record.digest })
  },
  place: () => '',
}

export const replayedRulings: ReplayedKind = {
  name: 'head_rulings',
  rows: rowsOf('head_rulings', 'x.roll_id = c.id', {
    fingerprint: 'fingerprint',
    decision: 'decision',
    reason: 'reason',
    decidedBy: 'decided_by',
    decidedAt: 'decided_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action !== 'rule') return
    const { fingerprint, decision } = record
    const again = made.findIndex((row) => row.fingerprint === fingerprint)
    if (again >= 0) made.splice(again, 1)
    made.push({ fingerprint, decision, reason: named('reason'), decidedBy: named('by'), decidedAt: at })
  },
  place: ({ fingerprint }) => String(fingerprint),
}
