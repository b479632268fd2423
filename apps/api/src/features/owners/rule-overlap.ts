import type { Body, ownersRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { Overlap, Titled } from './heads.ts'
import { readHeads } from './read-overlaps.ts'
import { recordRollEvent } from './record-roll-event.ts'
import { lockRoll, saveRuling } from './roll.queries.ts'

const refuse = (reason: string, detail: string) =>
  new AppError('unprocessable', { reason, detail, errors: [{ path: 'body.heads', message: detail }] })

/**
 * Every flat of the overlap under exactly one head. Whoever owns several flats alone, or with the same others, is one head by law
 * (建筑物区分所有权司法解释 art. 9): these are not taken apart.
 * @throws AppError unprocessable: flat_unknown, flat_twice, flat_missing, owner_split
 */
export const assertPartition = (
  { groups }: Pick<Overlap<Titled>, 'groups'>,
  heads: readonly (readonly string[])[],
): void => {
  const own = groups.map(({ flats }) => flats.map(({ householdId }) => householdId))
  const headOf = new Map<string, number>()
  const known = new Set(own.flat())
  for (const [at, flats] of heads.entries())
    for (const flat of flats) {
      if (!known.has(flat)) throw refuse('flat_unknown', '裁定里有一套房屋不属于这处重叠共有')
      if (headOf.has(flat)) throw refuse('flat_twice', '同一套房屋只能归一人，裁定里写了两次')
      headOf.set(flat, at)
    }
  const missing = known.size - headOf.size
  if (missing > 0) throw refuse('flat_missing', `还有 ${missing} 套房屋没有归到任何一人`)
  if (own.some((flats) => new Set(flats.map((flat) => headOf.get(flat))).size > 1))
    throw refuse('owner_split', '业主完全相同的几套房屋只算一人，不能分开')
}

/**
 * Rules how many heads an overlap makes and which flats are whose. The chain's public record says how many of each; which ones, and
 * the reason, name homes and people and stand beside it.
 * @throws AppError conflict when the titles have changed since the overlap was looked at; unprocessable as `assertPartition`
 */
export const ruleOverlap = async (
  tx: Tx,
  deps: Deps,
  by: string,
  { community, fingerprint, heads, reason }: Body<typeof ownersRoutes.ruleOverlap>,
): Promise<void> => {
  const roll = await lockRoll(tx, community)
  const { overlaps } = await readHeads(tx, community)
  const overlap = overlaps.find((one) => one.fingerprint === fingerprint)
  if (!roll || !overlap)
    throw new AppError('conflict', { reason: 'overlap_changed', detail: '这些房屋的业主已有变化，请刷新后再裁定' })
  assertPartition(overlap, heads)
  const at = deps.clock.now()
  const flats = heads.flatMap((own, i) => own.map((householdId) => ({ householdId, headNo: i + 1 })))
  await saveRuling(tx, roll, { fingerprint, reason, by, at, flats })
  const record = { fingerprint, heads: heads.length, flats: flats.length }
  await recordRollEvent(tx, deps, roll, 'rule', { by, at, record, personal: { reason, flats } })
}
