import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AttendanceRow, MeetingRow, Standing } from '../council/index.ts'
import { allowedOn, membersNeeded, minutesStanding, type Situation } from './minutes.policy.ts'

const CHAIR = 'p0'
const SECRETARY = 'p1'

const attendance = fc
  .uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 10 })
  .chain((people) =>
    fc.tuple(
      ...people.map((n) =>
        fc
          .constantFrom('representative' as const, 'party_member' as const, 'staff' as const)
          .map((as) => ({ personId: `p${n}`, class: as }) as AttendanceRow),
      ),
    ),
  )

const standing = (personId: string, chairGone: boolean, rows: readonly AttendanceRow[]) => {
  const secretary = personId === SECRETARY
  const own = { personId, manages: secretary, secretary, attends: true, inside: true } as Standing
  return minutesStanding({ presiderId: CHAIR } as MeetingRow, own, rows, chairGone)
}

it('never waits for a confirmation that nobody can give, whoever was there and whether or not the chair is gone', () => {
  fc.assert(
    fc.property(attendance, fc.boolean(), (rows, chairGone) => {
      const situation: Situation = {
        minutes: { state: 'amending', amendUntil: '2026-03-05T00:00:00.000Z' },
        openAmendments: 0,
        confirmed: new Set(),
        now: new Date('2026-03-06T00:00:00.000Z'),
      }
      const people = [CHAIR, SECRETARY, ...rows.map(({ personId }) => personId)]
      // Whoever presided and is gone may not come back to confirm.
      const present = new Set(people.filter((personId) => !(chairGone && personId === CHAIR)))
      const given = [...present].flatMap((personId) => {
        const one = standing(personId, chairGone, rows)
        const may = allowedOn(situation, one).includes('confirm')
        return may && one.confirmsAs ? [{ personId, as: one.confirmsAs }] : []
      })
      const members = given.filter(({ as }) => as === 'member').length
      expect(given.length).toBeGreaterThan(members)
      expect(members).toBeGreaterThanOrEqual(membersNeeded({ presiderId: CHAIR } as MeetingRow, rows, given))
    }),
  )
})

it('has somebody to move every minutes that are not final', () => {
  fc.assert(
    fc.property(
      attendance,
      fc.constantFrom('draft' as const, 'amending' as const),
      fc.nat({ max: 3 }),
      fc.boolean(),
      (rows, state, openAmendments, over) => {
        const amendUntil = state === 'draft' ? null : over ? '2026-03-05T00:00:00.000Z' : '2026-03-07T00:00:00.000Z'
        const now = new Date('2026-03-06T00:00:00.000Z')
        const situation: Situation = { minutes: { state, amendUntil }, openAmendments, confirmed: new Set(), now }
        const moves = allowedOn(situation, standing(SECRETARY, false, rows))
        expect(moves).toContain(state === 'draft' ? 'publish' : 'take_back')
        if (openAmendments > 0) expect(moves).toContain('answer_amendment')
      },
    ),
  )
})
