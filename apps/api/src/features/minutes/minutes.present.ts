import { type MinutesView, makePublicId } from '@tongxin/contract'
import type { Deps } from '../../deps.ts'
import { openName } from '../people/index.ts'
import { situationOf, type WholeMinutes } from './lock-minutes.ts'
import { allowedOn, isOver, membersConfirmed, membersNeeded } from './minutes.policy.ts'

type People = NonNullable<MinutesView['people']>

/** Who was there, by name; for those inside. */
const peopleOf = (
  { meeting, minutes, attendance }: WholeMinutes,
  presiderNameCipher: string | null,
  deps: Deps,
): People => {
  const name = (id: string, nameCipher: string | null) => openName(deps.cipher, { id, nameCipher, phoneCipher: null })
  const { presiderId } = meeting
  return {
    presider: presiderId === null ? null : { personId: presiderId, name: name(presiderId, presiderNameCipher) },
    recorder: { personId: minutes.draftedBy, name: name(minutes.draftedBy, minutes.recorderNameCipher) },
    attendance: attendance.map(({ personId, nameCipher, class: as, standsFor, standsForNameCipher, leftAt }) => ({
      personId,
      name: name(personId, nameCipher),
      class: as,
      standsFor: standsFor === null ? null : { personId: standsFor, name: name(standsFor, standsForNameCipher) },
      leftAt,
    })),
  }
}

/** @param presiderNameCipher of who presided; asked for only where the reader may know */
export const presentMinutes = (whole: WholeMinutes, presiderNameCipher: string | null, deps: Deps): MinutesView => {
  const { meeting, minutes, attendance, amendments, confirmations, standing } = whole
  const { communityCode } = meeting
  const { inside } = standing
  const situation = situationOf(whole, deps.clock.now())
  const name = (id: string, nameCipher: string | null) => openName(deps.cipher, { id, nameCipher, phoneCipher: null })
  return {
    meetingId: makePublicId(communityCode, meeting.id),
    state: minutes.state,
    version: minutes.version,
    content: minutes.content,
    hash: minutes.contentHash,
    hashName: minutes.hashName,
    draftedAt: minutes.draftedAt,
    publishedAt: minutes.publishedAt,
    amendUntil: minutes.amendUntil,
    amendmentsOver: isOver(situation),
    confirmedAt: minutes.confirmedAt,
    people: inside ? peopleOf(whole, presiderNameCipher, deps) : null,
    amendments: inside
      ? amendments.map(({ nameCipher, ...amendment }) => ({
          ...amendment,
          name: name(amendment.personId, nameCipher),
          issueId: amendment.issueId === null ? null : makePublicId(communityCode, amendment.issueId),
        }))
      : null,
    confirmations: {
      chair: confirmations.some(({ as }) => as !== 'member'),
      members: membersConfirmed(attendance, confirmations),
      membersNeeded: membersNeeded(meeting, attendance, confirmations),
      by: inside
        ? confirmations.map(({ personId, nameCipher, as, at }) => ({
            personId,
            name: name(personId, nameCipher),
            as,
            at,
          }))
        : null,
    },
    allowed: allowedOn(situation, standing),
  }
}
