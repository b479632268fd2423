import { MOST_HEAD_PROXIES, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { findHead as findLastEvent } from '../../evidence/append-event.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { bindAttachments } from '../attachments/index.ts'
import { type BallotRow, recordMotionEvent } from '../council/index.ts'
import { holdPerson, holdPersonByPhoneHash, maySee, openName } from '../people/index.ts'
import { findStanding, insertProxy, listHeldHeads } from './head-proxies.queries.ts'
import { hasClosed, lockVote } from './lock-vote.ts'
import { assertMayHold } from './proxy-fits.ts'
import { tellHead } from './tell-of-head.ts'
import { admit, assertNotVoted } from './vote-as-owner.ts'
import { findHead, type HeadRow, isInterested, listOwnHeads } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

const unfit = (reason: string, detail: string, field?: string) =>
  new AppError('unprocessable', {
    reason,
    detail,
    ...(field && { errors: [{ path: `body.${field}`, message: detail }] }),
  })

/** From the notice until the close. @throws AppError motion_closed */
const assertGivable = (motion: BallotRow, now: Date): void => {
  if (motion.state !== 'open' || hasClosed(motion, now)) throw new AppError('motion_closed')
}

/**
 * Anybody may hold a proxy but those who read the papers and count, and who speaks for the head anyway. Nobody hands on what they
 * hold: only a head's own people give.
 * @throws AppError unprocessable; already_voted or conflict for a head that cannot vote any more
 */
const assertFits = async (tx: Tx, deps: Deps, motion: BallotRow, head: HeadRow, holderId: string): Promise<void> => {
  assertNotVoted(head, false)
  if (await findStanding(tx, motion, head.headNo)) throw unfit('proxy_given', '这一票已委托他人，请先撤回')
  const own = await listOwnHeads(tx, motion, holderId, motion.rule === 'households')
  if (own.includes(head.headNo)) throw unfit('holder_votes_anyway', '此人本来就可以投这一票，不用委托')
  await assertMayHold(tx, deps, motion, holderId)
  if ((await listHeldHeads(tx, motion, holderId)).length >= MOST_HEAD_PROXIES)
    throw unfit('too_many_proxies', `一人最多接受 ${MOST_HEAD_PROXIES} 份委托`)
}

/**
 * An owner names somebody to vote for their head on this vote. The others of the head are told.
 * @param deputy by name and number, both as they are on record: neither alone tells whose number it is
 * @throws AppError motion_closed, not_entitled, already_voted, conflict; unprocessable when this person cannot hold it
 */
export const appointProxy = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  { headNo, name, phone }: { headNo: number; name: string; phone: string },
): Promise<void> => {
  const at = deps.clock.now()
  const motion = await lockVote(tx, key)
  assertGivable(motion, at)
  const head = await admit(tx, motion, actor, headNo)
  const givenBy = personOf(actor)
  const holder = await holdPersonByPhoneHash(tx, deps.cipher.keyedHash(phone))
  if (!holder || holder.anonymisedAt !== null || openName(deps.cipher, holder) !== name)
    throw unfit('holder_unknown', '没有找到姓名和手机号都相符的居民，请核对，或请其先到社区登记', 'phone')
  const standing = await findStanding(tx, motion, headNo)
  // Sent twice, it is given once.
  if (standing?.holderId === holder.id && standing.givenBy === givenBy) return
  await assertFits(tx, deps, motion, head, holder.id)
  const id = newId(at)
  await insertProxy(tx, key, { id, headNo, holderId: holder.id, givenBy, enteredBy: null, attachmentId: null, at })
  const it = { from: 'open', to: 'open', by: givenBy, at, record: { headNo, proxyId: id } }
  await recordMotionEvent(tx, deps, key, 'give_proxy', { ...it, personal: { holderId: holder.id } })
  await tellHead(tx, key, headNo, { proxyId: id, givenBy })
}

/**
 * A written proxy, handed in: typed with its scan by staff with no part in the head. Those of the head are told.
 * @returns the proxy's id
 * @throws AppError forbidden for a home of one's own; as `appointProxy` else, and what `bindAttachments` throws
 */
export const recordProxy = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  { headNo, holderId, attachmentId }: { headNo: number; holderId: string; attachmentId: string },
): Promise<string> => {
  const at = deps.clock.now()
  const enteredBy = personOf(actor)
  const motion = await lockVote(tx, key)
  assertGivable(motion, at)
  const head = await findHead(tx, key, headNo)
  if (!head) throw unfit('head_unknown', '名册里没有这一票', 'headNo')
  if (await isInterested(tx, key, headNo, enteredBy))
    throw new AppError('forbidden', {
      reason: 'own_household',
      detail: '这是您本人或家人的房屋，请由其他工作人员登记',
    })
  const holder = await holdPerson(tx, holderId)
  // Of people elsewhere an identifier must tell nothing.
  const tree = await deps.directory.regions.tree()
  if (!holder || holder.anonymisedAt !== null || holder.mergedInto !== null || !maySee(tree, actor, holder))
    throw unfit('holder_unknown', '没有登记过这个人', 'holderId')
  await assertFits(tx, deps, motion, head, holderId)
  const { communityCode } = key
  const papers = await bindAttachments(tx, {
    communityCode,
    ids: [attachmentId],
    subjectType: 'motion',
    subjectId: key.id,
    eventSeq: ((await findLastEvent(tx, communityCode, 'motion', key.id))?.seq ?? 0) + 1,
    by: { personId: enteredBy },
    now: at,
    papers: true,
  })
  const id = newId(at)
  const scan = splitPublicId(attachmentId).id
  await insertProxy(tx, key, { id, headNo, holderId, givenBy: null, enteredBy, attachmentId: scan, at })
  const record = { headNo, proxyId: id, attachmentId: scan, papers }
  const it = { from: 'open', to: 'open', by: enteredBy, at, record, personal: { holderId } }
  await recordMotionEvent(tx, deps, key, 'give_proxy', it)
  await tellHead(tx, key, headNo, { proxyId: id, givenBy: null })
  return id
}
