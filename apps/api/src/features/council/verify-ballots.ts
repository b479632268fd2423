import { makePublicId } from '@tongxin/contract'
import { CLASSES, COUNCIL_RULES } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import { paperChecker } from './ballot-key.ts'
import { findMeeting, type MeetingKey } from './meetings.queries.ts'
import { findMotion } from './motions.queries.ts'
import { outcomeOf } from './outcome.ts'

const COUNTED = `select community_code as "communityCode", id from motions
  where method <> 'hands' and rule = any($1::text[]) and state in ('passed', 'failed') order by community_code, id`

type Fail = (
  subject: string,
  seq: number | null,
  reason: string,
  expected?: string | number | null,
  found?: string | number | null,
) => never

/**
 * Counts every ballot again from its roll and its votes, by the same rule, and every secret one also by the signatures of its papers.
 * @param fail throws
 */
export const verifyBallots = async (tx: Tx, fail: Fail): Promise<void> => {
  for (const key of await prepared<MeetingKey>(tx, 'verify_ballots', COUNTED, [[...COUNCIL_RULES]])) {
    const motion = await findMotion(tx, key)
    const meeting = motion && (await findMeeting(tx, { ...key, id: motion.meetingId }))
    if (!motion || !meeting) continue
    const subject = `motion:${makePublicId(key.communityCode, key.id)}`
    const outcome = await outcomeOf(tx, motion, meeting)
    const { heads, entitledHeads, parts } = outcome.count
    const same = (name: string, expected: string | number | null, found: string | number | null) => {
      if (expected !== found) fail(subject, null, `recount.${name}`, expected, found)
    }
    // Too few to be opened are gone: what is left to be counted is nothing.
    if (motion.method === 'open' || motion.listHash !== null) same('cast', outcome.cast, motion.cast)
    same('for', heads.for, motion.headsFor)
    same('against', heads.against, motion.headsAgainst)
    same('abstain', heads.abstain, motion.headsAbstain)
    same('present', entitledHeads, motion.entitledHeads)
    same('state', outcome.passed ? 'passed' : 'failed', motion.state)
    same('list_hash', outcome.listHash, motion.listHash)
    for (const as of CLASSES)
      for (const part of ['members', 'attending', 'present'] as const)
        same(`${as}.${part}`, parts?.[as]?.[part] ?? null, motion.parts?.[as]?.[part] ?? null)
    if (motion.publicKey === null) continue
    const isSigned = paperChecker(makePublicId(key.communityCode, key.id), motion.publicKey)
    for (const paper of outcome.papers) if (!isSigned(paper)) fail(subject, null, 'ballot_unsigned', null, paper.token)
    if (outcome.cast > outcome.issued) fail(subject, null, 'more_cast_than_issued', outcome.issued, outcome.cast)
  }
}
