import type { OwnHead } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { listHeldHeads, listStanding } from './head-proxies.queries.ts'
import { isUsable } from './proxy-fits.ts'
import { listHeads, listOwnHeads } from './vote-heads.queries.ts'
import { presentOwnHead } from './votes.present.ts'
import { findVote, type VoteKey } from './votes.queries.ts'

/** The heads for which this person speaks, and those whose proxy they hold. @throws AppError not_found */
export const readOwnHeads = async (on: Queryable, deps: Deps, key: VoteKey, actor: Actor): Promise<OwnHead[]> => {
  const vote = await findVote(on, key)
  if (!vote) throw new AppError('not_found')
  const personId = personOf(actor)
  const own = new Set(await listOwnHeads(on, key, personId, vote.rule === 'households'))
  const headNos = [...own, ...(await listHeldHeads(on, key, personId)).filter((headNo) => !own.has(headNo))]
  const proxies = new Map((await listStanding(on, key, headNos)).map((proxy) => [proxy.headNo, proxy]))
  const reader = {
    cipher: deps.cipher,
    tree: await deps.directory.regions.tree(),
    personId,
    now: deps.clock.now(),
  }
  return (await listHeads(on, key, headNos)).map((row) => {
    const proxy = proxies.get(row.headNo)
    const speaks = own.has(row.headNo)
    const usable = proxy !== undefined && isUsable(reader.tree, actor, key, proxy)
    return presentOwnHead(row, vote, { ...reader, proxy, own: speaks, casts: speaks || usable })
  })
}

/** @throws AppError not_entitled for a head of others */
export const readOwnHead = async (
  on: Queryable,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  headNo: number,
): Promise<OwnHead> => {
  const head = (await readOwnHeads(on, deps, key, actor)).find((one) => one.headNo === headNo)
  if (!head) throw new AppError('not_entitled')
  return head
}
