import { type MeetingItem, type MeetingView, type MotionView, makePublicId } from '@tongxin/contract'
import { type OfClasses, tally } from '@tongxin/lifecycle'
import type { Cipher } from '../../personal-data/cipher.ts'
import { openName } from '../people/index.ts'
import { presentAgenda } from './agenda.present.ts'
import { allowedOn, type Standing } from './council.policy.ts'
import type { AgendaRow, PaperRow } from './items.queries.ts'
import type { AttendanceRow, MeetingListRow, MeetingRow } from './meetings.queries.ts'
import type { MemberRow } from './members.queries.ts'
import type { MotionRow } from './motions.queries.ts'
import { countClasses, quorumOf, sittingQuorum } from './quorum.ts'
import type { SpeakerRow } from './speakers.queries.ts'

export const presentMeetingItem = (row: MeetingListRow): MeetingItem => ({
  id: makePublicId(row.communityCode, row.id),
  title: row.title,
  heldAt: row.heldAt,
  place: row.place,
  state: row.state,
  agendaCount: row.agendaCount,
  version: row.version,
})

const resultOf = (row: MotionRow): MotionView['result'] => {
  const { rule, headsFor, headsAgainst, headsAbstain, entitledHeads, areaFor, areaAgainst, areaAbstain } = row
  if (headsFor === null || headsAgainst === null || headsAbstain === null || entitledHeads === null) return null
  const heads = { for: headsFor, against: headsAgainst, abstain: headsAbstain }
  const area =
    areaFor === null || areaAgainst === null || areaAbstain === null
      ? null
      : { for: areaFor, against: areaAgainst, abstain: areaAbstain }
  const { sustainedObjections, entitledArea } = row
  const count = {
    heads,
    entitledHeads,
    ...(area && { area }),
    ...(entitledArea !== null && { entitledArea }),
    ...(sustainedObjections !== null && { sustainedObjections }),
    ...(row.parts && { parts: row.parts }),
  }
  return { heads, entitledHeads, sustainedObjections, area, entitledArea, ...tally(rule, count) }
}

const votingOf = (row: MotionRow): MotionView['voting'] => {
  const { method, place, opensAt, closesAt, openedAt, rolled, issued, cast, parts, listHash } = row
  return {
    method,
    place,
    opensAt,
    closesAt,
    openedAt,
    turnout: openedAt === null ? null : { entitled: rolled, issued: method === 'secret' ? issued : null, cast },
    parts,
    listHash,
  }
}

export const presentMotion = (row: MotionRow): MotionView => ({
  id: makePublicId(row.communityCode, row.id),
  meetingId: makePublicId(row.communityCode, row.meetingId),
  issueId: makePublicId(row.communityCode, row.issueId),
  amends: row.amendsId === null ? null : makePublicId(row.communityCode, row.amendsId),
  text: row.text,
  originalText: row.originalText,
  rule: row.rule,
  proposes: row.proposes,
  state: row.state,
  proposedAt: row.proposedAt,
  countedAt: row.countedAt,
  voting: votingOf(row),
  result: resultOf(row),
  proposal: row.proposal,
})

export interface WholeMeeting {
  meeting: MeetingRow
  agenda: readonly AgendaRow[]
  papers: readonly PaperRow[]
  motions: readonly MotionRow[]
  attendance: readonly AttendanceRow[]
  /** The council as it is now; what counts once the meeting opened is what stands in its row. */
  members: readonly MemberRow[]
  /** Read for insiders only. */
  speakers: readonly SpeakerRow[]
  presiderNameCipher: string | null
  /** Of each class, present to make a quorum, as the policy is now. */
  percent: OfClasses
}

export const presentMeeting = (
  { meeting, agenda, papers, motions, attendance, members, speakers, presiderNameCipher, percent }: WholeMeeting,
  standing: Standing,
  cipher: Cipher,
): MeetingView => {
  const { communityCode, presiderId } = meeting
  const there = attendance.filter(({ leftAt }) => leftAt === null)
  const [asNow, present] = [countClasses(members), countClasses(there)]
  const nameOf = (id: string, nameCipher: string | null) => openName(cipher, { id, nameCipher, phoneCipher: null })
  return {
    ...presentMeetingItem({ ...meeting, agendaCount: agenda.filter(({ state }) => state !== 'dropped').length }),
    openedAt: meeting.openedAt,
    endedAt: meeting.endedAt,
    presider:
      standing.inside && presiderId !== null
        ? { personId: presiderId, name: nameOf(presiderId, presiderNameCipher) }
        : null,
    presiding: presiderId !== null && presiderId === standing.personId,
    quorum: meeting.openedAt === null ? quorumOf(asNow, percent, present) : sittingQuorum(meeting, present),
    agenda: presentAgenda(communityCode, agenda, papers, standing, cipher),
    motions: motions.map(presentMotion),
    attendance: standing.inside
      ? attendance.map(({ personId, nameCipher, class: as, standsFor, standsForNameCipher, checkedInAt, leftAt }) => ({
          personId,
          name: nameOf(personId, nameCipher),
          class: as,
          standsFor: standsFor === null ? null : { personId: standsFor, name: nameOf(standsFor, standsForNameCipher) },
          checkedInAt,
          leftAt,
        }))
      : null,
    speakers: standing.inside
      ? speakers.map(({ nameCipher, ...speaker }) => ({ ...speaker, name: nameOf(speaker.personId, nameCipher) }))
      : null,
    allowed: allowedOn(meeting, standing, {
      present: there.some(({ personId }) => personId === standing.personId),
      votedOn: motions.filter(({ state }) => state === 'moved' || state === 'open'),
      undecided: agenda.some(({ state }) => state === 'discussing'),
    }),
  }
}
