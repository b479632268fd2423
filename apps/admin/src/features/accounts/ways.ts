import { type BodyField, routes } from '@tongxin/client'
import { accounts as fields } from '@tongxin/client/fields'
import type { StaffAccount } from '@tongxin/contract'
import { api } from '../../api.ts'

type Act = (input: { params: { personId: string }; body: { reason: string } }) => Promise<StaffAccount>

/** What is done to somebody else's account. */
export const WAYS = {
  lock: (input) => api.call(routes.accounts.lockAccount, input),
  unlock: (input) => api.call(routes.accounts.unlockAccount, input),
  end: (input) => api.call(routes.accounts.endSessions, input),
  remove: (input) => api.call(routes.accounts.removePassword, input),
} as const satisfies Record<string, Act>
export type Way = keyof typeof WAYS
/** What each of them takes. */
export const FIELDS = {
  lock: fields.lockAccount,
  unlock: fields.unlockAccount,
  end: fields.endSessions,
  remove: fields.removePassword,
} as const satisfies Record<Way, { reason: BodyField }>
