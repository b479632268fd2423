import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

/** The endorsements of a matter as its events make them. */
export const replayedEndorsements: ReplayedKind = {
  name: 'endorsements',
  rows: rowsOf('endorsements', 'x.issue_id = c.id', {
    personId: 'person_id',
    householdId: 'household_id',
    at: 'at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'endorse') made.push({ personId: named('actorId'), householdId: record.householdId, at })
  },
  place: ({ householdId, at }) => `${householdId} ${at}`,
}
