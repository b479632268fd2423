import type { Body, councilRoutes } from '@tongxin/contract'
import { COUNCIL_RULES, type VotingRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { makeBallotKey } from './ballot-key.ts'
import { insertBallotKey } from './ballots.queries.ts'
import { closingKey, openingKey } from './close-ballot.ts'
import { keyContext } from './draw-paper.ts'
import { listAttendance, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { lockBallot, type NewMotion } from './motions.queries.ts'
import { openBallot } from './open-ballot.ts'

type Proposed = Body<typeof councilRoutes.putMotion>
/** How it is voted on, as its row says, with what must not stand there. */
export interface Arrangement extends Pick<NewMotion, 'method' | 'place' | 'opensAt' | 'closesAt' | 'publicKey'> {
  privateKey: string | null
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Long enough to be seen at all, and short enough to be still the same council. */
const SHORTEST_WINDOW = 10 * MINUTE
const LONGEST_WINDOW = 30 * DAY

const invalid = (reason: string, field: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${field}`, message }] })

/** @throws AppError unprocessable for who is not there as a member */
export const checkMovers = async (
  tx: Tx,
  meeting: MeetingRow,
  { moverId, seconderId }: { moverId?: string | undefined; seconderId?: string | undefined },
): Promise<void> => {
  if (moverId === undefined && seconderId === undefined) return
  const attendance = await listAttendance(tx, meeting)
  const there = new Set(
    attendance.flatMap(({ personId, class: as, leftAt }) => (leftAt === null && as !== 'staff' ? [personId] : [])),
  )
  if (moverId !== undefined && !there.has(moverId))
    throw invalid('mover_not_present', 'moverId', '动议人须是到会的议事会成员')
  if (seconderId === undefined) return
  if (!there.has(seconderId)) throw invalid('seconder_not_present', 'seconderId', '附议人须是到会的议事会成员')
  if (seconderId === moverId) throw invalid('seconder_is_mover', 'seconderId', '附议人不能是动议人自己')
}

const checkWindow = ({ opensAt, closesAt }: Proposed, now: Date): void => {
  if (closesAt === undefined) return
  const opens = opensAt === undefined ? now.getTime() : Date.parse(opensAt)
  if (opens < now.getTime()) throw invalid('window_past', 'opensAt', '开始时间已过')
  const length = Date.parse(closesAt) - opens
  if (length < SHORTEST_WINDOW) throw invalid('window_short', 'closesAt', '线上投票至少开放 10 分钟')
  if (length > LONGEST_WINDOW) throw invalid('window_long', 'closesAt', '线上投票最多开放 30 天')
}

/** @throws AppError unprocessable, naming what does not go together */
export const arrange = async (rule: VotingRule, body: Proposed, now: Date): Promise<Arrangement> => {
  const { method = 'hands', place = 'room', opensAt, closesAt } = body
  if (!COUNCIL_RULES.has(rule)) {
    if (method === 'secret')
      throw invalid('secret_not_for_owners', 'method', '业主、户代表表决须可核对到人，不能无记名投票')
    throw invalid('owners_by_roll', 'rule', '业主、户代表表决按业主名册投票，须先发布公告，请从“业主表决”发起')
  }
  checkWindow(body, now)
  const key = method === 'secret' ? await makeBallotKey() : null
  return {
    method,
    place,
    opensAt: opensAt ?? null,
    closesAt: closesAt ?? null,
    publicKey: key?.publicKey ?? null,
    privateKey: key?.privateKey ?? null,
  }
}

/** Keeps the key, opens what opens now, and plans what comes later. The motion's row is there; the caller holds its meeting. */
export const callBallot = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingRow,
  key: MeetingKey,
  { method, opensAt, closesAt, privateKey }: Arrangement,
  by: string,
): Promise<void> => {
  if (method === 'hands') return
  if (privateKey !== null) await insertBallotKey(tx, key, deps.cipher.encrypt(privateKey, keyContext(key)))
  const motion = await lockBallot(tx, key)
  if (!motion) throw new Error('A motion just proposed is not there')
  if (opensAt === null || Date.parse(opensAt) <= deps.clock.now().getTime())
    await openBallot(tx, deps, meeting, motion, by)
  await enqueueAll(tx, [
    ...(opensAt === null ? [] : [newJob('open_ballot', key, { jobKey: openingKey(key), runAt: new Date(opensAt) })]),
    ...(closesAt === null ? [] : [newJob('close_ballot', key, { jobKey: closingKey(key), runAt: new Date(closesAt) })]),
  ])
}
