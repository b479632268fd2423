import type { Queryable } from '../../db/connect.ts'
import { accounts } from '../../db/schema/sessions.ts'
import { hashPassword } from './password.ts'

/** User names are compared without regard to case or width. */
export const normalizeUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase()

/** Gives a person a user name and password. A ready `passwordHash` saves its 20 ms where many share one (the demo). */
export async function createAccount(
  tx: Queryable,
  account: { personId: string; username: string; now: Date } & ({ password: string } | { passwordHash: string }),
): Promise<void> {
  await tx.insert(accounts).values({
    personId: account.personId,
    username: normalizeUsername(account.username),
    passwordHash: 'passwordHash' in account ? account.passwordHash : await hashPassword(account.password),
    createdAt: account.now,
  })
}
