import { routes } from '@tongxin/client'
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
/** How long the reason for it may be. */
export const MOST: Record<Way, number> = {
  lock: fields.lockAccount.reason.most,
  unlock: fields.unlockAccount.reason.most,
  end: fields.endSessions.reason.most,
  remove: fields.removePassword.reason.most,
}
