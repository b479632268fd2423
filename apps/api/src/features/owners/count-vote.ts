import { type Count, isOwnersRule, type OwnersRule, tally } from '@tongxin/lifecycle'
import { inTransaction, type Queryable, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { type BallotRow, lockBallot, recordMotionEvent, saveCount } from '../council/index.ts'
import { hasClosed, lockVote } from './vote-as-owner.ts'
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
  const record = { ...count, quorum, passed, papersOpen }
  await recordMotionEvent(tx, deps, key, 'count', { from: 'open', to: passed ? 'passed' : 'failed', by, at, record })
}

/**
 * By staff, who found that nothing more can be settled.
 * @throws AppError ballot_running before the close, motion_closed once counted
 */
export const countByStaff = async (tx: Tx, deps: Deps, key: VoteKey, by: string): Promise<void> => {
  const motion = await lockVote(tx, key)
  if (motion.state !== 'open') throw new AppError('motion_closed')
  if (!hasClosed(motion, deps.clock.now())) throw new AppError('ballot_running', { detail: '投票还没有截止' })
  await countVote(tx, deps, motion, by)
}

/** When the window ends: at once, unless papers that came in wait to be read a second time. */
export const closeOwnersVote = (deps: Deps, key: VoteKey): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const motion = await lockBallot(tx, key)
    if (motion?.state !== 'open' || !isOwnersRule(motion.rule) || motion.closesAt === null) return
    if (!hasClosed(motion, deps.clock.now())) {
      const jobKey = `owners:close:${key.id}`
      return enqueue(tx, 'close_owners_vote', key, { jobKey, runAt: new Date(motion.closesAt) })
    }
    if ((await countOpenPapers(tx, key)) === 0) await countVote(tx, deps, motion, null)
  })
