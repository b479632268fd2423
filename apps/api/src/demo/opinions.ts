import type { StatementAnswer } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { answerStatement, decideStatement, raiseStatement } from '../features/opinions/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

const HOUR = 3_600_000
const SIDES: Record<string, StatementAnswer> = { '+': 'agree', '-': 'disagree', '.': 'pass' }

/** Who answers, in the order of the marks below; `resident` still has everything before them. */
const VOTERS = [
  ...['resident2', 'resident3', 'resident4', 'resident5', 'resident6', 'resident7', 'representative', 'volunteer'],
  ...['resident8', 'resident9', 'resident10', 'resident11', 'resident12', 'party_member'],
]

/** A blank is somebody who did not come to it. */
const STATEMENTS: readonly [author: string, text: string, answers: string][] = [
  ['resident3', '遮阳棚应当在入夏之前装好', '++++++++--.---'],
  ['resident9', '装了棚，晚上聚在一起会更吵', '---.----++++++'],
  ['resident12', '先装一小片，试用一个夏天再定', '--.---+-+++++.'],
  ['resident8', '棚子离居民楼至少要有十米', '-.--.-+-++++++'],
  ['volunteer', '长椅要有靠背和扶手，老人起身方便', '+++++++++.++++'],
  ['representative', '费用从公共收益里出，花了多少要公示', '+++ +++++++++ '],
  ['resident10', '装棚的钱由各家各户平摊', '----.-------.-'],
]

/** What residents think of the matter that the next meeting will deliberate on, and a statement that waits for the officer. */
export const gatherOpinions = async (walk: Walk): Promise<void> => {
  const { tx, door } = walk
  const { deps } = door
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from issues where community_code = ${COMMUNITY} and state = 'scheduled' order by raised_at limit 1`,
  )
  const [matter] = rows
  if (!matter) throw new Error('No matter waits for the next meeting')
  const issue = { communityCode: COMMUNITY, id: matter.id }
  const officer = await walk.actorOf('officer')
  for (const [author, text, answers] of STATEMENTS) {
    const statement = await raiseStatement(tx, deps, issue, await walk.actorOf(author), text)
    walk.pass(HOUR / 4)
    await decideStatement(tx, deps, statement, officer, { accepted: true })
    for (const [at, voter] of VOTERS.entries()) {
      const answer = SIDES[answers[at] ?? ' ']
      if (answer) await answerStatement(tx, deps, statement, await walk.actorOf(voter), { answer, version: 1 })
    }
  }
  walk.pass(HOUR)
  await raiseStatement(tx, deps, issue, await walk.actorOf('resident5'), '棚下装几个插座，夏天可以放风扇')
  const named = await raiseStatement(tx, deps, issue, await walk.actorOf('resident7'), '老王家的三轮车别再停在广场上')
  await decideStatement(tx, deps, named, officer, { accepted: false, reason: '点了邻居的名，也与遮阳棚无关' })
}
