import type { OwnAccount, StaffAccount } from '@tongxin/contract'
import { PROOF_MINUTES } from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedPhone, openName, openPhone } from '../people/index.ts'
import type { AccountRow } from './accounts.queries.ts'
import type { OwnRow, OwnSession } from './own-account.queries.ts'

export const presentAccount = (cipher: Cipher, row: AccountRow, may: boolean): StaffAccount => ({
  person: { id: row.id, name: openName(cipher, row), phone: maskedPhone(cipher, row) },
  grants: row.grants.filter(({ stands }) => stands),
  username: row.username,
  hasPassword: row.hasPassword,
  lastSignInAt: row.lastAt,
  sessions: row.sessions,
  locked:
    row.lockedAt === null || row.lockedReason === null
      ? null
      : { at: row.lockedAt, by: row.locker && openName(cipher, row.locker), reason: row.lockedReason },
  may,
})

/** By name, user name, or the last four digits of the number: enough to tell colleagues apart, too little to look numbers up. */
export const isFound = (cipher: Cipher, row: AccountRow, text: string): boolean => {
  const wanted = text.normalize('NFKC').toLowerCase()
  if (row.username?.includes(wanted) || openName(cipher, row)?.toLowerCase().includes(wanted)) return true
  return /^\d{4}$/.test(wanted) && openPhone(cipher, row)?.endsWith(wanted) === true
}

/** Until when a session opened by a code proves who it is. */
export const provedUntil = ({ method, startedAt }: Pick<OwnSession, 'method' | 'startedAt'>): Date | null =>
  method === 'phone' ? new Date(Date.parse(startedAt) + PROOF_MINUTES * 60_000) : null

export function presentOwn(
  cipher: Cipher,
  row: OwnRow,
  sessions: OwnSession[],
  current: string | null,
  now: Date,
): OwnAccount {
  const here = sessions.find(({ id }) => id === current)
  const until = here ? provedUntil(here) : null
  return {
    username: row.username,
    hasPassword: row.passwordHash !== null,
    phone: maskedPhone(cipher, row),
    provedUntil: until && until > now ? until.toISOString() : null,
    sessions: sessions.map((session) => ({ ...session, current: session.id === current })),
  }
}
