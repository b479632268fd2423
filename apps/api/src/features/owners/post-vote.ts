import type { Body, ownersRoutes } from '@tongxin/contract'
import { OWNERS_NOTICE_DAYS, type OwnersRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { ownersVotes, voteFlats } from '../../db/schema/index.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { type MeetingKey, putToOwners, recordMotionEvent } from '../council/index.ts'
import { readHeads } from './read-overlaps.ts'
import { lockRoll, type TitledFlat } from './roll.queries.ts'
import type { OwnersWord } from './tell-owners.ts'
import type { VoteKey } from './votes.queries.ts'

const DAY = 86_400_000
const SHORTEST = DAY
const LONGEST = 60 * DAY

type Posted = Body<typeof ownersRoutes.putToOwners>

const refuse = (reason: string, detail: string, field?: string) =>
  new AppError('unprocessable', {
    reason,
    detail,
    ...(field && { errors: [{ path: `body.${field}`, message: detail }] }),
  })

const checkWindow = ({ opensAt, closesAt }: Posted, now: Date): void => {
  const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)]
  if (opens < now.getTime() + OWNERS_NOTICE_DAYS * DAY)
    throw refuse('notice_short', `公告须满 ${OWNERS_NOTICE_DAYS} 日才能开始投票`, 'opensAt')
  if (closes - opens < SHORTEST) throw refuse('window_short', '投票至少开放 1 天', 'closesAt')
  if (closes - opens > LONGEST) throw refuse('window_long', '投票最多开放 60 天', 'closesAt')
}

/** The heads of the roll as they stand now; a household is each flat that is not the developer's. */
const headsToFreeze = async (tx: Tx, communityCode: string, rule: OwnersRule): Promise<TitledFlat[][]> => {
  await lockRoll(tx, communityCode)
  const { flats, heads, undecided } = await readHeads(tx, communityCode)
  const frozen = rule === 'households' ? flats.filter(({ developer }) => !developer).map((flat) => [flat]) : heads
  if (flats.length === 0 || frozen.length + undecided.length === 0)
    throw refuse('roll_empty', '还没有业主名册，请先导入')
  if (rule !== 'households' && undecided.length > 0)
    throw refuse('overlaps_undecided', `有 ${undecided.length} 处重叠共有还没有裁定，名册不能固定`)
  const without = frozen.flat().filter(({ areaHundredths }) => !areaHundredths).length
  if (without > 0) throw refuse('area_missing', `有 ${without} 套房屋没有登记面积，名册不能固定`)
  return frozen
}

const wordsOf = (key: VoteKey, { opensAt, closesAt }: Posted) => {
  const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)]
  const due: [OwnersWord, number | null][] = [
    ['posted', null],
    ['opened', opens],
    ['closing', closes - 3 * DAY],
    ['last', closes - DAY],
  ]
  return due
    .filter(([, at]) => at === null || at >= opens)
    .map(([word, at]) =>
      newJob(
        'remind_owners',
        { ...key, word },
        at === null ? {} : { runAt: new Date(at), jobKey: `owners:${word}:${key.id}` },
      ),
    )
}

/**
 * Posts the notice of an owners' vote and freezes its roll with it.
 * @throws AppError as a motion's; unprocessable when the notice is too short, the roll cannot be frozen, or the text looks like
 * naming people and nobody has reviewed it
 */
export const postVote = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingKey,
  actor: Actor,
  body: Posted,
): Promise<VoteKey> => {
  const at = deps.clock.now()
  const by = personOf(actor)
  const key = await putToOwners(tx, deps, meeting, actor, body, at)
  checkWindow(body, at)
  const heads = await headsToFreeze(tx, key.communityCode, body.rule)
  const flats = heads.flatMap((own, i) =>
    own.map(({ householdId, areaHundredths, developer }) => ({
      householdId,
      headNo: i + 1,
      areaHundredths: areaHundredths ?? 0,
      developer,
    })),
  )
  const areaHundredths = flats.reduce((sum, flat) => sum + flat.areaHundredths, 0)
  const sums = { heads: heads.length, flats: flats.length, areaHundredths }
  const own = { communityCode: key.communityCode, motionId: key.id }
  await insertMany(tx, ownersVotes, [{ ...own, ...sums, postedAt: at, papersOpen: null }])
  await insertMany(
    tx,
    voteFlats,
    flats.map((flat) => ({ ...own, ...flat })),
  )
  const it = { from: 'open', to: 'open', by, at, record: sums, personal: { flats } }
  await recordMotionEvent(tx, deps, key, 'freeze_roll', it)
  const closing = newJob('close_owners_vote', key, { runAt: new Date(body.closesAt), jobKey: `owners:close:${key.id}` })
  await enqueueAll(tx, [...wordsOf(key, body), closing])
  return key
}
