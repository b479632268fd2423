import { type Count, isOwnersRule, type OwnersRule, tally } from '@tongxin/lifecycle'
import { inTransaction, type Queryable, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { type BallotRow, lockBallot, recordMotionEvent, saveCount } from '../council/index.ts'
import { hasClosed, lockVote } from './lock-vote.ts'
import { objectionsEnd } from './objections.ts'
import { countOpenPapers, findVote, saveOpenPapers, sumVotes, type VoteKey, type VoteRow } from './votes.queries.ts'

/** What the frozen roll and the votes make of it: how it is counted, and how it is verified afterwards. */
export const countOf = async (on: Queryable, vote: VoteRow): Promise<Count> => {
  const { heads, area } = await sumVotes(on, vote)
  const byHeads = { heads, entitledHeads: vote.heads }
  return vote.rule === 'households' ? byHeads : { ...byHeads, area, entitledArea: vote.areaHundredths }
}

/** Counts what was cast; papers on which two do not agree stay outside, and their number is told. The caller holds the motion. */
export const countVote = async (tx: Tx, deps: Deps, motion: BallotRow, by: string | null): Promise<void> => {
  const { communityCode, id } = motion
  const key = { communityCode, id }
  const vote = await findVote(tx, key)
  if (!vote) throw new Error('An owners’ vote without its roll')
  const at = deps.clock.now()
  const count = await countOf(tx, vote)
  const { quorum, passed } = tally(motion.rule as OwnersRule, count)
  const papersOpen = await countOpenPapers(tx, key)
  await saveCount(tx, key, count, { passed, by, at })
  await saveOpenPapers(tx, key, papersOpen)
  const record = { ...count, quorum, passed, papersOpen, byProxy: vote.votedByProxy }
  await recordMotionEvent(tx, deps, key, 'count', { from: 'open', to: passed ? 'passed' : 'failed', by, at, record })
}

const objectableYet = async (tx: Tx, key: VoteKey, now: Date): Promise<Date | null> => {
  const vote = await findVote(tx, key)
  return vote ? objectionsEnd(vote, now) : null
}

/** Asks to look again when the window ends, or what kept the count from it. */
const lookAgain = (tx: Tx, key: VoteKey, at: Date): Promise<void> =>
  enqueue(tx, 'close_owners_vote', key, { jobKey: `owners:close:${key.id}`, runAt: at })

/**
 * Counts once the window has ended, two have read every paper alike, and the time to object to the last of them is over. The caller
 * holds the motion.
 */
export const countWhenSettled = async (tx: Tx, deps: Deps, motion: BallotRow): Promise<void> => {
  const { communityCode, id } = motion
  const key = { communityCode, id }
  const now = deps.clock.now()
  if (!hasClosed(motion, now) || (await countOpenPapers(tx, key)) > 0) return
  const until = await objectableYet(tx, key, now)
  if (until) return lookAgain(tx, key, until)
  await countVote(tx, deps, motion, null)
}

/**
 * By staff, who found that nothing more can be settled.
 * @throws AppError ballot_running before the close and while a paper may be objected to, motion_closed once counted
 */
export const countByStaff = async (tx: Tx, deps: Deps, key: VoteKey, by: string): Promise<void> => {
  const motion = await lockVote(tx, key)
  if (motion.state !== 'open') throw new AppError('motion_closed')
  if (!hasClosed(motion, deps.clock.now())) throw new AppError('ballot_running', { detail: '投票还没有截止' })
  if (await objectableYet(tx, key, deps.clock.now()))
    throw new AppError('ballot_running', {
      reason: 'objections_open',
      detail: '刚计入的纸质票还在异议期，期满后才能计票',
    })
  await countVote(tx, deps, motion, by)
}

/** When the window ends: at once, unless papers that came in wait to be read a second time, or may be objected to. */
export const closeOwnersVote = (deps: Deps, key: VoteKey): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const motion = await lockBallot(tx, key)
    if (motion?.state !== 'open' || !isOwnersRule(motion.rule) || motion.closesAt === null) return
    if (!hasClosed(motion, deps.clock.now())) return lookAgain(tx, key, new Date(motion.closesAt))
    await countWhenSettled(tx, deps, motion)
  })
