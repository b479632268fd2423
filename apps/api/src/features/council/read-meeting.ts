import type { MeetingView } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { findPerson } from '../people/index.ts'
import { assertMayRead, standingAt } from './council.policy.ts'
import { presentMeeting } from './council.present.ts'
import { listAgenda, listPapers } from './items.queries.ts'
import { findMeeting, listAttendance, type MeetingKey } from './meetings.queries.ts'
import { listMembers } from './members.queries.ts'
import { listMotions } from './motions.queries.ts'
import { percentBy } from './quorum.ts'
import { listSpeakers } from './speakers.queries.ts'

/** The meeting as this reader may see it. @throws AppError not_found when they may not know of it */
export const readMeeting = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<MeetingView> => {
  const { clock, cipher, directory } = deps
  const tree = await directory.regions.tree()
  const standing = standingAt(actor, tree, key.communityCode)
  const meeting = assertMayRead(await findMeeting(on, key), standing)
  const [agenda, papers, motions, attendance, members, speakers, presider] = await Promise.all([
    listAgenda(on, key),
    listPapers(on, key),
    listMotions(on, key),
    listAttendance(on, key),
    meeting.openedAt === null ? listMembers(on, tree, key.communityCode, clock.now()) : [],
    standing.inside ? listSpeakers(on, key) : [],
    meeting.presiderId !== null && standing.inside ? findPerson(on, meeting.presiderId) : undefined,
  ])
  const policy = await directory.policies.policyFor(key.communityCode, clock.now())
  const percent = percentBy(policy)
  const whole = {
    meeting,
    agenda,
    papers,
    motions,
    attendance,
    members,
    speakers,
    presiderNameCipher: presider?.nameCipher ?? null,
    percent,
  }
  return presentMeeting(whole, standing, cipher)
}
