import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { normalizeUsername } from './create-account.ts'
import { openSession } from './open-session.ts'
import { checkPassword } from './password.ts'
import { findAccount, type SessionRow } from './sessions.queries.ts'
import { addressOf, clearAttempts, countAttempt, uncountAttempt } from './throttle.ts'

/** @throws AppError wrong_credentials, alike for a wrong password and an unknown account; account_locked; too_many_attempts */
export async function signIn(
  deps: Deps,
  command: { username: string; password: string; ip: string; device: string | null },
): Promise<SessionRow> {
  const username = normalizeUsername(command.username)
  const address = addressOf(command.ip)
  await countAttempt(deps, 'address', address)
  await countAttempt(deps, 'account', username)
  const account = await findAccount(deps.db, username)
  const right = await checkPassword(account?.passwordHash ?? null, command.password)
  if (!account || !right) throw new AppError('wrong_credentials')
  await clearAttempts(deps, 'account', username)
  await uncountAttempt(deps, 'address', address)
  return inTransaction(deps.pool, (tx) =>
    openSession(tx, account.personId, 'password', deps.clock.now(), command.device),
  )
}
