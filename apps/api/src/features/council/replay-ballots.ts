import { type Made, type ReplayedKind, rowsOf, UNKNOWN } from '../../evidence/replay.ts'

const ON_MOTION = 'x.motion_id = c.id'

/** Who could vote on a motion, as its opening says. Which papers were issued is not on the chain: it would say when. */
export const replayedRoll: ReplayedKind = {
  name: 'motion_roll',
  rows: rowsOf('motion_roll', ON_MOTION, {
    personId: 'person_id',
    class: 'class',
    inRoom: 'in_room',
    proxyId: 'proxy_id',
    entitledSince: 'entitled_since',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action !== 'open_ballot') return
    const roll = named('roll')
    const unknown = { personId: UNKNOWN, class: UNKNOWN, inRoom: UNKNOWN, proxyId: UNKNOWN }
    const rows =
      roll === UNKNOWN ? Array.from({ length: Number(record.entitled) }, () => unknown) : (roll as readonly Made[])
    made.push(...rows.map((row) => ({ ...row, entitledSince: at })))
  },
  place: ({ personId }) => String(personId),
}

/** Votes by name, each by the event that is its receipt. */
export const replayedVotes: ReplayedKind = {
  name: 'open_votes',
  rows: rowsOf('open_votes', ON_MOTION, {
    personId: 'person_id',
    castBy: 'cast_by',
    choice: 'choice',
    castAt: 'cast_at',
    seq: 'seq',
  }),
  replay: (made, { action, record, at, seq, named }) => {
    if (action !== 'cast') return
    made.push({ personId: named('personId'), castBy: named('by'), choice: record.choice, castAt: at, seq })
  },
  place: ({ seq }) => String(seq).padStart(9, '0'),
}

/** Who stood in for whom at a meeting. */
export const replayedProxies: ReplayedKind = {
  name: 'proxies',
  rows: rowsOf('proxies', 'x.meeting_id = c.id', {
    id: 'id',
    principalId: 'principal_id',
    holderId: 'holder_id',
    givenAt: 'given_at',
    enteredBy: 'entered_by',
    endedAt: 'ended_at',
    ended: 'ended',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'give_proxy')
      made.push({
        id: record.proxyId,
        principalId: named('principalId'),
        holderId: named('holderId'),
        givenAt: at,
        enteredBy: record.onPaper === true ? named('by') : null,
        endedAt: null,
        ended: null,
      })
    if (action === 'end_proxy')
      Object.assign(made.find(({ id }) => id === record.proxyId) ?? {}, { endedAt: at, ended: record.why })
  },
  place: ({ id }) => String(id),
}
