import type { MemberKind, Share } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { householdMembers, type households } from '../../db/schema/households.ts'
import { AppError } from '../../http/errors.ts'
import { findMembers } from './households.queries.ts'
import { renewLevel } from './person-level.ts'
import { addShares, sharesOf } from './shares.ts'

export interface BindMember {
  /** Locked by the caller: shares are summed under the household's lock. */
  household: typeof households.$inferSelect
  communityCode: string
  personId: string
  kind: MemberKind
  share: Share | null
  boundBy: 'code' | 'staff'
  boundByPerson: string
  at: Date
}

const refuse = (reason: string, detail: string) => new AppError('unprocessable', { reason, detail })

/** @throws AppError unprocessable when the area is missing or the shares would exceed the whole; conflict when bound */
export async function bindMember(tx: Tx, command: BindMember): Promise<void> {
  const { household, communityCode, personId, kind, share, boundBy, boundByPerson, at } = command
  await assertOwnershipFits(tx, household, kind, share)
  await tx.insert(householdMembers).values({
    householdId: household.id,
    personId,
    communityCode,
    kind,
    shareNumerator: share?.numerator ?? null,
    shareDenominator: share?.denominator ?? null,
    boundBy,
    boundByPerson,
    boundAt: at,
  })
  await renewLevel(tx, personId, communityCode)
}

/** An owner's vote weighs area and share: both are on record, and exact fractions never sum beyond one. */
export async function assertOwnershipFits(
  tx: Tx,
  household: typeof households.$inferSelect,
  kind: MemberKind,
  share: Share | null,
): Promise<void> {
  if (kind !== 'owner' || share === null) return
  if (household.areaHundredths === null) throw refuse('area_not_on_record', '请先登记该住户的建筑面积')
  const members = await findMembers(tx, [household.id])
  const { n, d } = addShares([share, ...sharesOf(members.map(({ member }) => member))])
  if (n > d) throw refuse('shares_exceed_whole', '该住户产权份额合计超过 1')
}
