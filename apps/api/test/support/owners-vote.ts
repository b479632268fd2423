import { householdRoutes, ownersRoutes } from '@tongxin/contract'
import { PDF, upload } from './agenda.ts'
import type { Caller } from './caller.ts'
import { type Cast, councilCast, inSession, ok, scheduled } from './council.ts'
import { DAY } from './fake-clock.ts'
import { BUILDING } from './foundations.ts'
import { must } from './issues.ts'
import { inDays } from './meetings.ts'
import type { TestPerson } from './people.ts'
import { aRoll } from './roll.ts'

export { again, inDays, verified } from './meetings.ts'

/** Four heads: two flats of one owner, one of two joint owners, one of the developer, one of a single owner. */
export const ROLL = [
  '1栋,101,,90,王建国,340803196001010011,',
  '1栋,102,,60,王建国,340803196001010011,',
  '1栋,201,,80,李梅,340803197002020022,1/2',
  '1栋,201,,,张强,340803197003030033,1/2',
  '1栋,301,未售,100,滨江置业,,',
  '1栋,401,,70,陈晨,340803198004040044,',
]

export interface Posted extends Cast {
  issueId: string
  meetingId: string
  /** The vote's public id. */
  id: string
}

/** A matter being deliberated on in a sitting where the officer presides, and a roll. */
export const beforeOwnersVote = async (roll: readonly string[] = ROLL): Promise<Omit<Posted, 'id'>> => {
  const all = await councilCast()
  const issueId = await scheduled(all)
  const meetingId = await inSession(all, [issueId])
  await must(all.officer, issueId, 'deliberate')
  if (roll.length > 0) await aRoll(all.officer, roll)
  return { ...all, issueId, meetingId }
}

export const post = (by: Caller, all: Omit<Posted, 'id'>, body: Record<string, unknown> = {}) =>
  by.call(ownersRoutes.putToOwners, {
    params: { id: all.meetingId },
    body: {
      issueId: all.issueId,
      text: '同意使用维修资金更换一号楼电梯',
      rule: 'owners_ordinary',
      opensAt: inDays(all, 15),
      closesAt: inDays(all, 29),
      ...body,
    } as never,
  })

export const posted = async (body: Record<string, unknown> = {}, roll?: readonly string[]): Promise<Posted> => {
  const all = await beforeOwnersVote(roll)
  return { ...all, id: ok(await post(all.officer, all, body)).id }
}

/** A person bound to a flat by staff, signed in anew: a session does not outlive a clock that was put forward. */
export const bound = async (
  { t, officer }: Cast,
  door: string,
  kind: 'owner' | 'family' = 'owner',
  share = { numerator: 1, denominator: 2 },
): Promise<TestPerson> => {
  const by = await t.as({ id: officer.personId as string })
  const { items } = ok(await by.call(householdRoutes.listHouseholds, { query: { region: BUILDING, limit: 100 } }))
  const home = items.find((item) => item.door === door)
  if (!home) throw new Error(`No door ${door}`)
  const person = await t.aPerson({ level: 'phone' })
  const body = { personId: person.id, kind, ...(kind === 'owner' ? { share } : {}) }
  ok(await by.call(householdRoutes.bindMember, { params: { id: home.id }, body }))
  return person
}

export const readVote = async ({ t, id }: Posted) =>
  ok(await t.nobody.call(ownersRoutes.readOwnersVote, { params: { id } }))

export const mine = async ({ id }: Posted, by: Caller) =>
  ok(await by.call(ownersRoutes.listOwnHeads, { params: { id } })).items

export const voteFor = (all: Posted, by: Caller, headNo: number, choice = 'for') =>
  by.call(ownersRoutes.voteAsOwner, { params: { id: all.id }, body: { headNo, choice } as never })

export const enter = (all: Posted, by: Caller, headNo: number, choice = 'for', more: Record<string, unknown> = {}) =>
  by.call(ownersRoutes.enterPaper, { params: { id: all.id }, body: { headNo, choice, ...more } as never })

/** The number of the head to which a flat with this door belongs. */
export const headOf = async (all: Posted, door: string): Promise<number> => {
  const by = await all.t.as({ id: all.officer.personId as string })
  const query = { building: BUILDING, limit: 100 }
  const { items } = ok(await by.call(ownersRoutes.listPaperHeads, { params: { id: all.id }, query }))
  const head = items.find(({ flats }) => flats.some((flat) => flat.door === door))
  if (!head) throw new Error(`No head at door ${door}`)
  return head.headNo
}

/** Posted, and the days of notice over. */
export const opened = async (body: Record<string, unknown> = {}): Promise<Posted> => {
  const all = await posted(body)
  all.t.clock.advance(15 * DAY)
  return all
}

/** Names somebody, by what is on record of them, to vote for the head. */
export const appoint = (all: Posted, by: Caller, headNo: number, { name, phone }: { name: string; phone: string }) =>
  by.call(ownersRoutes.appointProxy, { params: { id: all.id }, body: { headNo, name, phone } })

export const revoke = (all: Posted, by: Caller, proxyId: string) =>
  by.call(ownersRoutes.revokeHeadProxy, { params: { id: all.id, proxyId } })

/** Types a written proxy, with its scan. */
export const recordPaperProxy = async (
  all: Posted,
  by: Caller,
  headNo: number,
  holder: { id: string },
  scan: Uint8Array = PDF,
) => {
  const attachmentId = ok(await upload(by, scan)).id
  const body = { headNo, holderId: holder.id, attachmentId }
  return by.call(ownersRoutes.recordHeadProxy, { params: { id: all.id }, body })
}

export const listProxies = async (all: Posted, by: Caller) =>
  ok(await by.call(ownersRoutes.listHeadProxies, { params: { id: all.id }, query: { limit: 50 } })).items
