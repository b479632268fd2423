import type { MemberKind, Share } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { householdInvitations, type households } from '../../db/schema/households.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { assertOwnershipFits } from './bind-member.ts'
import { hashInvitationCode, makeInvitationCode } from './invitation-code.ts'

const VALID_DAYS = 90
const DAY_MS = 86_400_000

/** @returns the code, which cannot be read again @throws AppError unprocessable as binding would be */
export async function inviteToHousehold(
  tx: Tx,
  cipher: Cipher,
  invitation: {
    household: typeof households.$inferSelect
    kind: MemberKind
    share: Share | null
    issuedBy: string
    at: Date
  },
): Promise<{ code: string; expiresAt: Date }> {
  const { household, kind, share, issuedBy, at } = invitation
  await assertOwnershipFits(tx, household, kind, share)
  const code = makeInvitationCode()
  const expiresAt = new Date(at.getTime() + VALID_DAYS * DAY_MS)
  await tx.insert(householdInvitations).values({
    codeHash: hashInvitationCode(cipher, code),
    householdId: household.id,
    kind,
    shareNumerator: share?.numerator ?? null,
    shareDenominator: share?.denominator ?? null,
    issuedBy,
    issuedAt: at,
    expiresAt,
  })
  return { code, expiresAt }
}
