import {
  type HeadProxy,
  makePublicId,
  type OwnersVoteState,
  type OwnersVoteView,
  type OwnHead,
  type PaperHead,
} from '@tongxin/contract'
import { checksOf, OWNERS_RESULT_DAYS, tally } from '@tongxin/lifecycle'
import type { Cipher } from '../../personal-data/cipher.ts'
import { openDoor } from '../households/index.ts'
import { maskedName, openName } from '../people/index.ts'
import type { RegionTree } from '../regions/index.ts'
import type { ProxyRow } from './head-proxies.queries.ts'
import { mayObject, objectableUntil, objectionsEnd } from './objections.ts'
import type { EntryRow, HeadFlat, HeadRow } from './vote-heads.queries.ts'
import type { VoteRow } from './votes.queries.ts'

const DAY = 86_400_000

const stateOf = ({ motionState, opensAt, closesAt }: VoteRow, now: Date): OwnersVoteState => {
  if (motionState !== 'open') return motionState
  if (Date.parse(opensAt) > now.getTime()) return 'posted'
  return Date.parse(closesAt) > now.getTime() ? 'open' : 'counting'
}

const resultOf = (row: VoteRow): OwnersVoteView['result'] => {
  const { rule, headsFor, headsAgainst, headsAbstain, areaFor, areaAgainst, areaAbstain } = row
  if (headsFor === null || headsAgainst === null || headsAbstain === null) return null
  const heads = { for: headsFor, against: headsAgainst, abstain: headsAbstain }
  const area =
    areaFor === null || areaAgainst === null || areaAbstain === null
      ? null
      : { for: areaFor, against: areaAgainst, abstain: areaAbstain }
  const count = { heads, entitledHeads: row.heads, ...(area && { area, entitledArea: row.areaHundredths }) }
  const aside = { byProxy: row.votedByProxy, papersOpen: row.papersOpen ?? 0 }
  return { heads, area, ...tally(rule, count), checks: checksOf(rule, count), ...aside }
}

export const presentVote = (row: VoteRow, now: Date): OwnersVoteView => {
  const { communityCode, heads, flats, areaHundredths } = row
  const state = stateOf(row, now)
  const due = new Date(Date.parse(row.closesAt) + OWNERS_RESULT_DAYS * DAY)
  return {
    id: makePublicId(communityCode, row.id),
    meetingId: makePublicId(communityCode, row.meetingId),
    issueId: makePublicId(communityCode, row.issueId),
    issueNumber: row.issueNumber,
    issueTitle: row.issueTitle,
    text: row.text,
    rule: row.rule,
    state,
    postedAt: row.postedAt,
    opensAt: row.opensAt,
    closesAt: row.closesAt,
    resultDueAt: due.toISOString(),
    overdue: state === 'counting' && due <= now,
    objectionsUntil: (state === 'counting' && objectionsEnd(row, now)?.toISOString()) || null,
    countedAt: row.countedAt,
    roll: { heads, flats, areaHundredths },
    turnout: { heads: row.votedHeads, areaHundredths: row.votedArea },
    result: resultOf(row),
    proposal: row.proposal,
  }
}

const flatsOf = (cipher: Cipher, tree: RegionTree, flats: readonly HeadFlat[]) =>
  flats.map(({ householdId, buildingCode, doorCipher, areaHundredths }) => ({
    buildingCode,
    building: tree.get(buildingCode)?.name ?? buildingCode,
    door: openDoor(cipher, { id: householdId, doorCipher }),
    areaHundredths,
  }))

/** Before the close a head may still name somebody, or take that back. */
const isBeforeClose = (state: OwnersVoteState): boolean => state === 'posted' || state === 'open'

interface OwnReader {
  cipher: Cipher
  tree: RegionTree
  personId: string
  now: Date
  /** Whether they speak for the head themselves; else they hold its proxy. */
  own: boolean
  /** Whether they may cast its vote: their own, or by a proxy that can still be used. */
  casts: boolean
  proxy: ProxyRow | undefined
}

export const presentOwnHead = (
  row: HeadRow,
  vote: VoteRow,
  { cipher, tree, personId, now, own, casts, proxy }: OwnReader,
): OwnHead => {
  const { headNo, areaHundredths, flats, way, choice, castAt, castBy, proxyId, objected } = row
  const state = stateOf(vote, now)
  const until = objectableUntil(row, vote.closesAt)
  const objectable = own && (state === 'open' || state === 'counting') && until > now && mayObject(row, personId)
  const free = way === null && !objected
  const mine = way === 'online' && castBy === personId
  return {
    headNo,
    areaHundredths,
    flats: flatsOf(cipher, tree, flats),
    vote: way && choice && castAt ? { way, choice, at: castAt, mine, byProxy: proxyId !== null } : null,
    objected,
    proxy: proxy
      ? {
          id: proxy.id,
          ...namesOf(cipher, proxy),
          givenAt: proxy.givenAt,
          onPaper: proxy.enteredBy !== null,
          toMe: proxy.holderId === personId,
        }
      : null,
    mayVote: state === 'open' && free && casts,
    mayAppoint: own && isBeforeClose(state) && free && !proxy,
    mayRevoke: own && isBeforeClose(state) && proxy !== undefined && !proxy.used,
    mayObject: objectable,
    objectUntil: objectable ? until.toISOString() : null,
  }
}

const masked = (cipher: Cipher, id: string | null, nameCipher: string | null) =>
  id === null ? null : maskedName(cipher, { id, nameCipher, phoneCipher: null })

const namesOf = (cipher: Cipher, { holderId, holderCipher, givenBy, giverCipher }: ProxyRow) => ({
  holder: masked(cipher, holderId, holderCipher),
  giver: masked(cipher, givenBy, giverCipher),
})

export const presentProxy = (
  row: ProxyRow,
  head: HeadRow | undefined,
  vote: VoteRow,
  { cipher, tree, now }: { cipher: Cipher; tree: RegionTree; now: Date },
): HeadProxy => {
  const { id, headNo, enteredBy, enteredByCipher, givenAt, endedAt, ended, used } = row
  return {
    id,
    headNo,
    flats: flatsOf(cipher, tree, head?.flats ?? []),
    ...namesOf(cipher, row),
    enteredBy:
      enteredBy === null ? null : openName(cipher, { id: enteredBy, nameCipher: enteredByCipher, phoneCipher: null }),
    givenAt,
    endedAt,
    ended,
    used,
    mayCancel: enteredBy !== null && endedAt === null && !used && isBeforeClose(stateOf(vote, now)),
  }
}

const stateOfPaper = ({ way }: HeadRow, entries: readonly EntryRow[]): PaperHead['state'] => {
  if (way) return way === 'online' ? 'voted_online' : 'voted_paper'
  if (entries.length === 0) return 'none'
  return entries.length === 1 ? 'once' : 'disagree'
}

export const presentPaperHead = (
  row: HeadRow,
  entries: readonly EntryRow[],
  { cipher, tree, personId, proxy }: Pick<OwnReader, 'cipher' | 'tree' | 'personId' | 'proxy'>,
): PaperHead => {
  const own = entries.find(({ enteredBy }) => enteredBy === personId)
  const state = stateOfPaper(row, entries)
  const read = ({ choice, signedByAll, byProxy }: EntryRow) => ({ choice, signedByAll, byProxy })
  return {
    headNo: row.headNo,
    areaHundredths: row.areaHundredths,
    flats: flatsOf(cipher, tree, row.flats),
    state,
    objected: row.objected,
    proxy: proxy ? { holder: namesOf(cipher, proxy).holder, onPaper: proxy.enteredBy !== null } : null,
    mine: own ? read(own) : null,
    others:
      own && state === 'disagree'
        ? entries
            .filter((entry) => entry !== own)
            .map((entry) => ({
              ...read(entry),
              name: openName(cipher, { id: entry.enteredBy, nameCipher: entry.nameCipher, phoneCipher: null }),
            }))
        : [],
  }
}
