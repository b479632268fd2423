import { makePublicId, splitPublicId } from '@tongxin/contract'
import type { Facts } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { Decided, IssueKey, Stage } from '../issues/index.ts'
import { addItems, beginLiveItem, type CouncilRow, findCouncil, lockMeetingOf, setLiveItem } from './agenda.queries.ts'
import { bringAlong } from './bring-along.ts'
import { lockMeeting, type MeetingRow, saveMeeting } from './meetings.queries.ts'
import { countClasses, sittingQuorum } from './quorum.ts'
import { resolutionOf } from './resolution.ts'

type CouncilFacts = NonNullable<Facts['council']>

const verdictOf = ({ motionState, proposes }: CouncilRow): CouncilFacts['motion'] => {
  if (motionState === null) return null
  if (proposes === 'act') return motionState
  // Not having agreed on leaving a matter alone decides nothing about it.
  return motionState === 'passed' ? 'consensus_not_to_act' : null
}

const factsOf = (row: CouncilRow | undefined): CouncilFacts => {
  if (!row) return { inSession: false, quorum: false, openBallot: false, motion: null }
  return {
    inSession: row.inSession,
    quorum: sittingQuorum(row, countClasses(row.present)).reached,
    openBallot: row.openBallot,
    motion: verdictOf(row),
  }
}

/** A motion named must be the one that counts: the last counted. */
const named = (row: CouncilRow | undefined, communityCode: string, motionId: unknown): CouncilRow | undefined =>
  row && motionId !== undefined && row.motionId !== null && makePublicId(communityCode, row.motionId) !== motionId
    ? { ...row, motionState: null }
    : row

const refuse = (reason: string, detail: string) => new AppError('action_refused', { reason, detail })

/**
 * The meeting, locked, as it stands now: it may have closed or put something to the vote since the rules were asked.
 * @throws AppError action_refused
 */
const hold = async (
  tx: Tx,
  key: IssueKey,
  holds: (facts: CouncilFacts) => boolean,
): Promise<CouncilRow | undefined> => {
  await lockMeetingOf(tx, key)
  const row = await findCouncil(tx, key)
  if (!holds(factsOf(row))) throw refuse('session_with_quorum', '会议情况刚刚有变化，请刷新后再试')
  return row
}

const putOn = async (tx: Tx, { key, payload }: Decided): Promise<MeetingRow | undefined> => {
  if (payload.meetingId === undefined) return undefined
  const target = splitPublicId(String(payload.meetingId))
  const meeting = target.communityCode === key.communityCode ? await lockMeeting(tx, target) : undefined
  if (meeting?.state !== 'draft') {
    const posted = meeting?.state === 'announced'
    const message = posted ? '这次会议的议程已经公告，不能再增加议题' : '没有这次会议，或会议已经召开'
    throw new AppError('unprocessable', {
      reason: posted ? 'agenda_posted' : 'meeting_unfit',
      detail: message,
      errors: [{ path: 'body.meetingId', message }],
    })
  }
  await addItems(tx, meeting, [key.id])
  await saveMeeting(tx, meeting)
  return meeting
}

/** For the minutes of the meeting that the matter leaves; where it goes from there is another's. */
const leaving = ({ communityCode }: IssueKey, row: CouncilRow | undefined) =>
  row && { record: { fromMeetingId: makePublicId(communityCode, row.meetingId) } }

const drop = async (tx: Tx, decided: Decided) => {
  const { key, after } = decided
  // Somebody else stands behind a matter one raiser withdrew from: it stays where it is.
  if (after.state === 'scheduled' || after.state === 'deliberating') return undefined
  const row = await findCouncil(tx, key)
  await setLiveItem(tx, key, 'dropped')
  return leaving(key, row)
}

const conclude = async (tx: Tx, decided: Decided) => {
  const { key, action } = decided
  const row = await hold(tx, key, ({ openBallot, motion }) => !openBallot && motion !== null)
  await setLiveItem(tx, key, 'decided')
  // Nothing more comes in: the map of what residents thought is put on record.
  const { communityCode: at, id } = key
  await enqueue(tx, 'compute_opinion_map', { communityCode: at, id }, { queue: 'opinion_maps' })
  if (!row?.motionId) return undefined
  const { communityCode } = key
  return {
    record: {
      meetingId: makePublicId(communityCode, row.meetingId),
      motionId: makePublicId(communityCode, row.motionId),
      ...(action === 'adopt' ? await resolutionOf(tx, key.communityCode, row.meetingId, row.motionId) : {}),
    },
  }
}

/** What the council knows of a matter, and what becomes of its place on the agenda as it moves. */
export const councilStage: Stage = {
  presides: async (tx, key, personId) => {
    const row = await findCouncil(tx, key)
    // A matter still on the agenda of a meeting that is over was voted on since; whoever presided states what came of it.
    return row !== undefined && (row.inSession || row.closed) && row.presiderId === personId
  },
  facts: {
    council: async (tx, { key, payload }) =>
      factsOf(named(await findCouncil(tx, key), key.communityCode, payload.motionId)),
  },
  effects: {
    schedule: async (tx, decided) => {
      await putOn(tx, decided)
      return undefined
    },
    unschedule: drop,
    withdraw: drop,
    deliberate: async (tx, { key }, { clock }) => {
      const row = await hold(tx, key, ({ inSession, quorum }) => inSession && quorum)
      await beginLiveItem(tx, key, clock.now())
      return row && { record: { meetingId: makePublicId(key.communityCode, row.meetingId) } }
    },
    adopt: conclude,
    dismiss: conclude,
    defer: async (tx, decided, deps) => {
      const { key, personId, now } = decided
      const row = await hold(tx, key, ({ openBallot }) => !openBallot)
      await setLiveItem(tx, key, 'deferred')
      const next = await putOn(tx, decided)
      const from = row && { communityCode: key.communityCode, id: row.meetingId }
      if (from && next)
        await bringAlong(tx, deps, from, next, { issueIds: [key.id], heard: false, by: personId, at: now })
      return leaving(key, row)
    },
  },
}
