import {
  type BallotBox,
  type BallotItem,
  type BallotView,
  ballotMessage,
  type MyVote,
  makePublicId,
  type ProxyView,
  type VoteState,
} from '@tongxin/contract'
import { CLASSES, type CouncilClass, type Shares } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { findPerson, openName } from '../people/index.ts'
import { findVote, listPapers } from './ballots.queries.ts'
import { allowedOn, assertMayRead, type Standing, standingAt } from './council.policy.ts'
import { presentMotion } from './council.present.ts'
import { findMeeting, isPresent, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { findMotion, listMyMotions, type MotionRow } from './motions.queries.ts'
import { listProxies } from './proxies.queries.ts'
import { listOwnOnRoll, listVoters, type RollRow, type VoterRow } from './roll.queries.ts'

const KEPT_IN_SIGHT_MS = 30 * 24 * 3_600_000
/** A class of fewer shows what its members voted: its sums are for those who may know anyway. */
const FEWEST_OF_A_CLASS = 5

type NamesOf = (id: string, nameCipher: string | null) => { personId: string; name: string | null }
const namesWith =
  ({ cipher }: Deps): NamesOf =>
  (id, nameCipher) => ({ personId: id, name: openName(cipher, { id, nameCipher, phoneCipher: null }) })

const stateOf = (
  motion: MotionRow,
  entry: RollRow,
  it: { own: boolean; voted: boolean; here: boolean; now: Date },
): VoteState => {
  if (it.voted) return 'voted'
  if (entry.issued) return 'paper_issued'
  if (motion.state !== 'open' || (motion.closesAt !== null && Date.parse(motion.closesAt) <= it.now.getTime()))
    return 'not_voted'
  if (it.own && entry.holderId !== null) return 'by_proxy'
  return motion.place === 'room' && !it.here ? 'not_here' : 'may_vote'
}

const readMine = async (on: Queryable, deps: Deps, motion: MotionRow, actor: Actor): Promise<MyVote[]> => {
  if (actor.personId === null || motion.openedAt === null) return []
  const named = namesWith(deps)
  const here = await isPresent(on, { communityCode: motion.communityCode, id: motion.meetingId }, actor.personId)
  const mine: MyVote[] = []
  for (const entry of await listOwnOnRoll(on, motion, actor.personId)) {
    const own = entry.personId === actor.personId
    const vote = motion.method === 'open' ? await findVote(on, motion, entry.personId) : undefined
    mine.push({
      principal: named(entry.personId, entry.nameCipher),
      own,
      state: stateOf(motion, entry, { own, voted: vote !== undefined, here, now: deps.clock.now() }),
      choice: vote?.choice ?? null,
      receipt: vote ? { seq: vote.seq, hash: vote.hash, at: vote.castAt } : null,
    })
  }
  return mine
}

const sharesOf = (voters: readonly VoterRow[], as: CouncilClass): Shares => {
  const of = (choice: keyof Shares) => voters.filter((one) => one.class === as && one.choice === choice).length
  return { for: of('for'), against: of('against'), abstain: of('abstain') }
}

/** Who voted what, once it is counted: until then it would tell the others, and the chair, how the vote stands. */
const resultByName = (voters: readonly VoterRow[], { seesVotes }: Standing, named: NamesOf) => {
  const seated = CLASSES.filter(
    (as) => as === 'representative' || as === 'party_member' || voters.some((one) => one.class === as),
  )
  const byClass = Object.fromEntries(seated.map((as) => [as, sharesOf(voters, as)])) as BallotView['byClass']
  const sizes = seated.map((as) => voters.filter((one) => one.class === as && one.choice !== null).length)
  return {
    byClass: seesVotes || sizes.every((size) => size >= FEWEST_OF_A_CLASS) ? byClass : null,
    votes: seesVotes
      ? voters.map(({ personId, nameCipher, class: as, choice, castBy, castByCipher }) => ({
          ...named(personId, nameCipher),
          class: as,
          proxy: castBy === null || castBy === personId ? null : named(castBy, castByCipher),
          choice,
        }))
      : null,
  }
}

const findReadable = async (
  on: Queryable,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
): Promise<{ motion: MotionRow; meeting: MeetingRow; standing: Standing }> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const motion = await findMotion(on, key)
  if (!motion) throw new AppError('not_found')
  const meeting = assertMayRead(await findMeeting(on, { ...key, id: motion.meetingId }), standing)
  return { motion, meeting, standing }
}

/** @throws AppError not_found */
export const readBallot = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<BallotView> => {
  const { motion, meeting, standing } = await findReadable(on, deps, key, actor)
  const named = namesWith(deps)
  const nameOf = async (id: string | null) =>
    id !== null && standing.seesVotes ? named(id, (await findPerson(on, id))?.nameCipher ?? null) : null
  const counted = motion.method === 'open' && motion.countedAt !== null
  const byName = counted ? resultByName(await listVoters(on, motion), standing, named) : { byClass: null, votes: null }
  const closing = allowedOn(meeting, standing, { present: false, votedOn: [motion], undecided: false })
  const over = motion.place === 'room' || motion.cast === motion.rolled || stopsBefore(motion, deps.clock.now())
  return {
    motion: presentMotion(motion),
    meeting: { id: makePublicId(meeting.communityCode, meeting.id), title: meeting.title },
    publicKey: motion.publicKey,
    mover: await nameOf(motion.moverId),
    seconder: await nameOf(motion.seconderId),
    ...byName,
    mine: await readMine(on, deps, motion, actor),
    mayClose:
      motion.state === 'open' &&
      motion.method !== 'hands' &&
      motion.openedAt !== null &&
      over &&
      closing.includes('end_ballot'),
  }
}

const stopsBefore = ({ closesAt }: MotionRow, now: Date) => closesAt !== null && Date.parse(closesAt) <= now.getTime()

/** What the reader can still vote on, and what they could. */
export const readMyBallots = async (
  on: Queryable,
  deps: Deps,
  communityCode: string,
  actor: Actor,
): Promise<BallotItem[]> => {
  const now = deps.clock.now()
  const rows = await listMyMotions(on, communityCode, personOf(actor), {
    countedAfter: new Date(now.getTime() - KEPT_IN_SIGHT_MS),
    member: standingAt(actor, await deps.directory.regions.tree(), communityCode).attends,
  })
  const items: BallotItem[] = []
  for (const row of rows) {
    const mine = row.state === 'open' ? await readMine(on, deps, row, actor) : []
    items.push({
      motion: presentMotion(row),
      meeting: { id: makePublicId(communityCode, row.meetingId), title: row.meetingTitle },
      toCast: mine.filter(({ state }) => state === 'may_vote' || state === 'not_here').length,
    })
  }
  return items
}

/** @throws AppError not_found; unprocessable for a vote that has no papers */
export const readBox = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<BallotBox> => {
  const { motion } = await findReadable(on, deps, key, actor)
  const { method, publicKey, countedAt, headsFor, headsAgainst, headsAbstain, rolled, issued, cast, listHash } = motion
  if (method !== 'secret' || publicKey === null)
    throw new AppError('unprocessable', { reason: 'other_method', detail: '这件表决不是无记名投票' })
  const motionId = makePublicId(key.communityCode, key.id)
  const counted = countedAt !== null
  return {
    motionId,
    text: motion.text,
    scheme: 'RSABSSA-SHA384-PSS-Randomized',
    message: ballotMessage(motionId),
    publicKey,
    entitled: rolled,
    issued,
    cast,
    heads: counted ? { for: headsFor ?? 0, against: headsAgainst ?? 0, abstain: headsAbstain ?? 0 } : null,
    opened: listHash !== null,
    listHash,
    ballots: counted ? await listPapers(on, motion) : null,
  }
}

/** @throws AppError not_found; forbidden outside the council */
export const readProxies = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<ProxyView[]> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  assertMayRead(await findMeeting(on, key), standing)
  if (!standing.seesVotes) throw new AppError('forbidden')
  const named = namesWith(deps)
  return (await listProxies(on, key)).map((row) => ({
    principal: named(row.principalId, row.principalCipher),
    holder: named(row.holderId, row.holderCipher),
    givenAt: row.givenAt,
    endedAt: row.endedAt,
    ended: row.ended,
    enteredBy: row.enteredBy === null ? null : named(row.enteredBy, row.enteredByCipher),
    used: row.usedOn.length > 0,
    usedOn: row.usedOn.map(({ motionId, text }) => ({ motionId: makePublicId(key.communityCode, motionId), text })),
  }))
}
