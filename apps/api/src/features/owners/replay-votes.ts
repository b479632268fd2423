import { type Made, type ReplayedKind, rowsOf, UNKNOWN } from '../../evidence/replay.ts'

const ON_MOTION = 'x.motion_id = c.id'
const byHead = ({ headNo }: Made) => String(headNo).padStart(9, '0')
const without = (made: Made[], headNo: unknown) => {
  const at = made.findIndex((row) => row.headNo === headNo)
  if (at >= 0) made.splice(at, 1)
}

/** The sums of the frozen roll. */
const votes: ReplayedKind = {
  name: 'owners_votes',
  rows: rowsOf('owners_votes', ON_MOTION, {
    postedAt: 'posted_at',
    heads: 'heads',
    flats: 'flats',
    areaHundredths: 'area_hundredths',
    papersOpen: 'papers_open',
  }),
  replay: (made, { action, record, at }) => {
    const { heads, flats, areaHundredths } = record
    if (action === 'freeze_roll') made.push({ postedAt: at, heads, flats, areaHundredths, papersOpen: null })
    if (action === 'count') Object.assign(made[0] ?? {}, { papersOpen: record.papersOpen })
  },
  place: () => '',
}

const flats: ReplayedKind = {
  name: 'vote_flats',
  rows: rowsOf('vote_flats', ON_MOTION, {
    householdId: 'household_id',
    headNo: 'head_no',
    areaHundredths: 'area_hundredths',
    developer: 'developer',
  }),
  replay: (made, { action, record, named }) => {
    if (action !== 'freeze_roll') return
    const frozen = named('flats')
    const unknown = { householdId: UNKNOWN, headNo: UNKNOWN, areaHundredths: UNKNOWN, developer: UNKNOWN }
    made.push(
      ...(frozen === UNKNOWN ? Array.from({ length: Number(record.flats) }, () => unknown) : (frozen as Made[])),
    )
  },
  place: ({ householdId }) => String(householdId),
}

const heads: ReplayedKind = {
  name: 'head_votes',
  rows: rowsOf('head_votes', ON_MOTION, {
    headNo: 'head_no',
    way: 'way',
    choice: 'choice',
    signedByAll: 'signed_by_all',
    castBy: 'cast_by',
    castAt: 'cast_at',
    proxyId: 'proxy_id',
  }),
  replay: (made, { action, record, at, named }) => {
    const { headNo, way, choice, signedByAll, proxyId } = record
    if (action === 'vote_head')
      made.push({ headNo, way, choice, signedByAll, castBy: named('by'), castAt: at, proxyId })
    if (action === 'object_to_vote') without(made, headNo)
  },
  place: byHead,
}

const objections: ReplayedKind = {
  name: 'head_objections',
  rows: rowsOf('head_objections', ON_MOTION, {
    headNo: 'head_no',
    personId: 'person_id',
    objectedAt: 'objected_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'object_to_vote') made.push({ headNo: record.headNo, personId: named('by'), objectedAt: at })
  },
  place: byHead,
}

const papers: ReplayedKind = {
  name: 'paper_entries',
  rows: rowsOf('paper_entries', ON_MOTION, {
    headNo: 'head_no',
    enteredBy: 'entered_by',
    choice: 'choice',
    signedByAll: 'signed_by_all',
    byProxy: 'by_proxy',
    enteredAt: 'entered_at',
  }),
  replay: (made, { action, record, at, named }) => {
    const keep = (kept: (row: Made) => boolean) =>
      made.splice(0, made.length, ...made.filter((row) => row.headNo !== record.headNo || kept(row)))
    // What was read before somebody objected counts for nothing any more, nor what a proxy signed that has ended.
    if (action === 'object_to_vote') keep(() => false)
    if (action === 'end_proxy') keep((row) => row.byProxy !== true)
    if (action !== 'enter_paper') return
    const enteredBy = named('by')
    const read = {
      choice: named('choice'),
      signedByAll: named('signedByAll'),
      byProxy: named('byProxy'),
      enteredAt: at,
    }
    const before = made.find((row) => row.headNo === record.headNo && row.enteredBy === enteredBy)
    if (before) Object.assign(before, read)
    else made.push({ headNo: record.headNo, enteredBy, ...read })
  },
  place: (row) => `${byHead(row)} ${String(row.enteredBy)}`,
}

/** Who was named to vote for a head, and how that ended. */
const proxies: ReplayedKind = {
  name: 'head_proxies',
  rows: rowsOf('head_proxies', ON_MOTION, {
    id: 'id',
    headNo: 'head_no',
    holderId: 'holder_id',
    givenBy: 'given_by',
    enteredBy: 'entered_by',
    attachmentId: 'attachment_id',
    givenAt: 'given_at',
    endedAt: 'ended_at',
    ended: 'ended',
  }),
  replay: (made, { action, record, at, named }) => {
    const { headNo, proxyId: id, attachmentId = null } = record
    const by = named('by')
    if (action === 'give_proxy')
      made.push({
        id,
        headNo,
        holderId: named('holderId'),
        givenBy: attachmentId === null ? by : null,
        enteredBy: attachmentId === null ? null : by,
        attachmentId,
        givenAt: at,
        endedAt: null,
        ended: null,
      })
    if (action === 'end_proxy')
      Object.assign(made.find((row) => row.id === id) ?? {}, { endedAt: at, ended: record.why })
  },
  place: ({ id }) => String(id),
}

/** What hangs on the chain of a motion that was put to the owners. */
export const replayedOwnersVotes: readonly ReplayedKind[] = [votes, flats, heads, objections, papers, proxies]
