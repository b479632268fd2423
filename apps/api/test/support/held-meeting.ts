import { councilRoutes } from '@tongxin/contract'
import { inTransaction } from '../../src/db/connect.ts'
import { loadReferenceCategories } from '../../src/reference/load-reference.ts'
import type { Caller } from './caller.ts'
import { agendaOf, ok } from './council.ts'
import { COMMUNITY, GRID } from './foundations.ts'
import { ACCEPTED, must, raiseAs } from './issues.ts'
import type { TestApp } from './start-test-app.ts'

export interface Council {
  t: TestApp
  resident: Caller
  /** Organizes, and presides where nobody else is asked to. */
  officer: Caller
  secretary: Caller
  /** Two of each class. */
  members: [Caller, Caller, Caller, Caller]
}

export const aCouncil = async (t: TestApp): Promise<Council> => {
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const member = async (role: 'representative' | 'party_member', name: string) =>
    t.as(await t.aPerson({ role, name, region: role === 'representative' ? GRID : COMMUNITY }))
  return {
    t,
    resident: await t.as('resident'),
    officer: await t.as(await t.aPerson({ role: 'officer', name: '钱专干' })),
    secretary: await t.as('secretary'),
    members: [
      await member('representative', '赵代表'),
      await member('representative', '孙代表'),
      await member('party_member', '李党员'),
      await member('party_member', '周党员'),
    ],
  }
}

export { ok }

/** A matter that waits to be deliberated on. */
export const aScheduledMatter = async ({ resident, officer }: Council, title = '楼前路灯不亮'): Promise<string> => {
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', { ...ACCEPTED, route: 'council', publicTitle: title })
  await must(officer, id, 'schedule')
  return id
}

/** A meeting on these matters in session, the officer presiding, with so many of the members there. */
export const openMeetingOn = async (council: Council, issueIds: string[], present = 4): Promise<string> => {
  const { officer, members } = council
  const heldAt = council.t.clock.now().toISOString()
  const made = ok(
    await officer.call(councilRoutes.createMeeting, {
      body: { community: COMMUNITY, title: '三月议事会', place: '社区议事厅', heldAt },
    }),
  )
  const params = { id: made.id }
  ok(await officer.call(councilRoutes.setAgenda, { params, ifMatch: 1, body: agendaOf(issueIds) }))
  const body = { shortNoticeReason: '马上就开' }
  ok(await officer.call(councilRoutes.announceMeeting, { params, ifMatch: 2, body }))
  ok(await officer.call(councilRoutes.openMeeting, { params, ifMatch: 3 }))
  for (const { personId } of members.slice(0, present))
    ok(await officer.call(councilRoutes.checkIn, { params, body: { personId: personId ?? undefined } }))
  return made.id
}

/** Deliberates on a matter of the meeting and adopts what is proposed. */
export const adoptAt = async (
  { officer }: Council,
  meetingId: string,
  issueId: string,
  motion: Record<string, unknown> = {},
): Promise<string> => {
  await must(officer, issueId, 'deliberate')
  const body = { issueId, text: '同意更换楼前路灯', rule: 'majority', proposes: 'act', ...motion }
  const { id } = ok(await officer.call(councilRoutes.proposeMotion, { params: { id: meetingId }, body } as never)) as {
    id: string
  }
  ok(await officer.call(councilRoutes.countMotion, { params: { id }, body: { for: 3, against: 0, abstain: 0 } }))
  await must(officer, issueId, 'adopt', { motionId: id })
  return id
}

export const closeMeetingNow = async ({ officer }: Council, id: string): Promise<void> => {
  const params = { id }
  const { version } = ok(await officer.call(councilRoutes.readMeeting, { params }))
  ok(await officer.call(councilRoutes.closeMeeting, { params, ifMatch: version }))
}

/** The same council so much later, everybody signed in anew: sessions do not last that long. */
export const later = async <C extends Council>(council: C, milliseconds: number): Promise<C> => {
  const { t, members } = council
  t.clock.advance(milliseconds)
  const again = ({ personId }: Caller) => t.as({ id: String(personId) })
  const signedIn: Council['members'] = [
    await again(members[0]),
    await again(members[1]),
    await again(members[2]),
    await again(members[3]),
  ]
  return {
    ...council,
    resident: await again(council.resident),
    officer: await again(council.officer),
    secretary: await again(council.secretary),
    members: signedIn,
  }
}
