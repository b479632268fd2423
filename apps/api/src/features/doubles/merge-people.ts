import { type Body, type doublesRoutes, MERGE_BARS } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { people } from '../../db/schema/people.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { moveMemberships } from '../households/index.ts'
import { openName, openPhone, recordAudit, sealName, sealPhone } from '../people/index.ts'
import { findBars, moveBelongings } from './doubles.queries.ts'
import { askToTell } from './tell-merged.ts'

type PersonRow = typeof people.$inferSelect

export interface Merge extends Body<typeof doublesRoutes.mergePeople> {
  /** The version of the kept record that the caller saw. */
  seenVersion: number
  by: string
  at: Date
}

/**
 * Two records of one person become one: `other` stays as it is in the record's facts and stands for `kept` from now on. Both are
 * locked by the caller.
 * @throws AppError stale_version, conflict already_merged or merge_barred, not_found for who was anonymised
 */
export async function mergePeople(
  tx: Tx,
  cipher: Cipher,
  kept: PersonRow,
  other: PersonRow,
  merge: Merge,
): Promise<void> {
  if (kept.anonymisedAt || other.anonymisedAt) throw new AppError('not_found')
  if (kept.mergedInto || other.mergedInto)
    throw new AppError('conflict', { reason: 'already_merged', detail: '其中一条记录已经并入别的记录' })
  if (kept.version !== merge.seenVersion || other.version !== merge.otherVersion) throw new AppError('stale_version')
  const bars = await findBars(tx, other.id, kept.id)
  if (bars.length > 0) {
    const detail = bars.map((bar) => MERGE_BARS[bar]).join('；')
    throw new AppError('conflict', { reason: `merge_barred_${bars[0]}`, detail })
  }
  const { by, at, reason, name, phone } = merge
  const { waysIn } = await moveBelongings(tx, other.id, kept.id, at)
  const version = sql`${people.version} + 1`
  // Its number leaves it before another takes it: a number is one record's.
  const numbers = { kept: openPhone(cipher, kept), other: openPhone(cipher, other) }
  const swaps = numbers.other !== null && (phone === 'other' || numbers.kept === null)
  const NONE = { phoneCipher: null, phoneHash: null }
  await tx
    .update(people)
    // Whose community has the one who is left takes a number off this one as well.
    .set({
      mergedInto: kept.id,
      mergedAt: at,
      version,
      regionCode: other.regionCode ?? kept.regionCode,
      ...(swaps && NONE),
    })
    .where(eq(people.id, other.id))
  const named = openName(cipher, other)
  const takesName = named !== null && (name === 'other' || kept.nameCipher === null)
  await tx
    .update(people)
    .set({
      regionCode: kept.regionCode ?? other.regionCode,
      largeType: kept.largeType || other.largeType,
      ...(takesName && sealName(cipher, kept.id, named)),
      ...(swaps && sealPhone(cipher, kept.id, numbers.other!)),
    })
    .where(eq(people.id, kept.id))
  // Both numbers go on leading to the one who is left.
  if (swaps && numbers.kept !== null)
    await tx
      .update(people)
      .set(sealPhone(cipher, other.id, numbers.kept))
      .where(eq(people.id, other.id))
  await moveMemberships(tx, other.id, kept.id)
  // Whoever can sign in as the one who is left hears that there is another way in.
  if (waysIn || numbers.other !== null) await askToTell(tx, kept.id)
  const regions = new Set([kept.regionCode ?? other.regionCode, other.regionCode].filter((code) => code !== null))
  for (const regionCode of regions)
    await recordAudit(tx, {
      at,
      personId: by,
      action: 'merge_people',
      subjectType: 'person',
      subjectId: kept.id,
      purpose: reason,
      regionCode,
      details: { mergedId: other.id, name: takesName ? 'other' : 'kept', phone: swaps ? 'other' : 'kept' },
    })
}
