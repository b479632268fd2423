import type { MemberKind } from '@tongxin/contract'

export const newMembership = () => ({ kind: 'family' as MemberKind, numerator: 1, denominator: 1 })

/** As it is sent: owners have a share, nobody else has one. */
export const membershipBody = ({ kind, numerator, denominator }: ReturnType<typeof newMembership>) =>
  kind === 'owner' ? { kind, share: { numerator, denominator } } : { kind }
