import {
  type Choice,
  type Count,
  countBallot,
  FEWEST_SECRET_BALLOTS,
  partsOf,
  type Shares,
  tally,
  type VoteResult,
} from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { listPapers, type Paper } from './ballots.queries.ts'
import { listHashOf } from './list-hash.ts'
import type { MeetingRow } from './meetings.queries.ts'
import type { BallotRow } from './motions.queries.ts'
import { membersOf, percentOf } from './quorum.ts'
import { listVoters } from './roll.queries.ts'

export interface Outcome extends VoteResult {
  count: Count
  cast: number
  issued: number
  /** Of a secret ballot that is opened: every paper, in the order of the tokens. */
  papers: Paper[]
  /** Null when too few were cast to open them. */
  listHash: string | null
}

const sharesOf = (choices: readonly Choice[]): Shares => ({
  for: choices.filter((choice) => choice === 'for').length,
  against: choices.filter((choice) => choice === 'against').length,
  abstain: choices.filter((choice) => choice === 'abstain').length,
})

/** What the roll and the votes make of a ballot: how it is counted, and how it is verified afterwards. */
export const outcomeOf = async (on: Queryable, motion: BallotRow, meeting: MeetingRow): Promise<Outcome> => {
  const voters = await listVoters(on, motion)
  const secret = motion.method === 'secret'
  const papers = secret ? await listPapers(on, motion) : []
  const open = voters.flatMap(({ choice }) => (choice === null ? [] : [choice]))
  const cast = secret ? papers.length : open.length
  const opened = !secret || cast >= FEWEST_SECRET_BALLOTS
  const choices = secret ? (opened ? papers.map((paper) => paper.choice) : []) : open
  const roll = voters.map(({ class: as, inRoom, issued, choice }) => ({
    class: as,
    inRoom,
    tookPart: secret ? issued : choice !== null,
  }))
  const count = countBallot(sharesOf(choices), partsOf(motion.place, roll, percentOf(meeting), membersOf(meeting)))
  return {
    count,
    cast,
    issued: voters.filter(({ issued }) => issued).length,
    papers: opened ? papers : [],
    listHash: secret && opened ? listHashOf(papers) : null,
    ...tally(motion.rule, count),
  }
}
