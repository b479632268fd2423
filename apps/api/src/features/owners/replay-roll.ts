import { type Made, type ReplayedKind, rowsOf, UNKNOWN } from '../../evidence/replay.ts'
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

/** What was ruled before on the same overlap. */
const letGo = (made: Made[], fingerprint: unknown): void => {
  made.splice(0, made.length, ...made.filter((row) => row.fingerprint !== fingerprint))
}

export const replayedRulings: ReplayedKind = {
  name: 'head_rulings',
  rows: rowsOf('head_rulings', 'x.roll_id = c.id', {
    fingerprint: 'fingerprint',
    reason: 'reason',
    decidedBy: 'decided_by',
    decidedAt: 'decided_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action !== 'rule') return
    const { fingerprint } = record
    letGo(made, fingerprint)
    made.push({ fingerprint, reason: named('reason'), decidedBy: named('by'), decidedAt: at })
  },
  place: ({ fingerprint }) => String(fingerprint),
}

export const replayedRuledFlats: ReplayedKind = {
  name: 'ruled_flats',
  rows: rowsOf('ruled_flats', 'x.roll_id = c.id', {
    fingerprint: 'fingerprint',
    householdId: 'household_id',
    headNo: 'head_no',
  }),
  replay: (made, { action, record, named }) => {
    if (action !== 'rule') return
    const { fingerprint } = record
    letGo(made, fingerprint)
    const ruled = named('flats')
    const unknown = { householdId: UNKNOWN, headNo: UNKNOWN }
    const rows = ruled === UNKNOWN ? Array.from({ length: Number(record.flats) }, () => unknown) : (ruled as Made[])
    made.push(...rows.map((row) => ({ fingerprint, ...row })))
  },
  place: ({ fingerprint, householdId }) => `${String(fingerprint)} ${String(householdId)}`,
}
