import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { householdInvitations, type households } from '../../db/schema/households.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import type { RegionTree } from '../regions/index.ts'
import { bindMember } from './bind-member.ts'
import { lockHousehold, lockInvitation } from './households.queries.ts'
import { hashInvitationCode } from './invitation-code.ts'

/**
 * One code, one person. An unknown, used and expired code get the same answer.
 * @throws AppError unprocessable invitation_invalid; as `bindMember`
 */
export async function bindMyself(
  tx: Tx,
  cipher: Cipher,
  tree: RegionTree,
  command: { code: string; personId: string; at: Date },
): Promise<typeof households.$inferSelect> {
  const { personId, at } = command
  const invitation = await lockInvitation(tx, hashInvitationCode(cipher, command.code))
  if (!invitation || invitation.usedAt !== null || invitation.expiresAt <= at) {
    throw new AppError('unprocessable', { reason: 'invitation_invalid', detail: '邀请码无效、已使用或已过期' })
  }
  if (invitation.issuedBy === personId) {
    throw new AppError('forbidden', { reason: 'cannot_bind_oneself', detail: '不能使用自己签发的邀请码' })
  }
  const household = await lockHousehold(tx, invitation.householdId)
  const { shareNumerator: numerator, shareDenominator: denominator } = invitation
  await bindMember(tx, {
    household: household!,
    communityCode: tree.communityOf(household!.buildingCode)!,
    personId,
    kind: invitation.kind,
    share: numerator !== null && denominator !== null ? { numerator, denominator } : null,
    boundBy: 'code',
    boundByPerson: invitation.issuedBy,
    at,
  })
  await tx
    .update(householdInvitations)
    .set({ usedBy: personId, usedAt: at })
    .where(eq(householdInvitations.codeHash, invitation.codeHash))
  return household!
}
