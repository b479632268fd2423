import { inTransaction, type Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdActor } from '../../http/hold-actor.ts'
import { openPhone } from '../people/index.ts'
import {
  checkPassword,
  clearAttempts,
  countAttempt,
  hashPassword,
  normalizeUsername,
  proveByCode,
} from '../sessions/index.ts'
import { provedUntil } from './accounts.present.ts'
import { endSessionsOf } from './accounts.queries.ts'
import { holdOwnSession, keepPassword, listOwnSessions, type OwnRow, readOwn } from './own-account.queries.ts'

interface Change {
  username?: string
  newPassword: string
  currentPassword?: string
  code?: string
}

/** Of oneself, by whoever proves to be that person; what else is signed in ends. @throws AppError */
export async function setPassword(deps: Deps, actor: Actor, change: Change): Promise<void> {
  const personId = personOf(actor)
  const own = await readOwn(deps.db, personId)
  const username = own.username ?? (change.username && normalizeUsername(change.username))
  if (!username) {
    throw new AppError('invalid_input', { errors: [{ path: 'body.username', message: '请填写账号' }] })
  }
  await prove(deps, actor, own, change)
  const passwordHash = await hashPassword(change.newPassword)
  const at = deps.clock.now()
  await inTransaction(deps.pool, async (tx) => {
    await holdActor(tx, actor)
    // A lock, or a password taken off, ends the session first: nobody stays by one set meanwhile.
    if (!(await holdOwnSession(tx, actor.sessionId))) throw new AppError('session_ended')
    await keepPassword(tx, { personId, username, passwordHash, at })
    await endSessionsOf(tx, personId, at, { but: actor.sessionId })
  })
}

/** @throws AppError wrong_credentials, wrong_code, too_many_attempts, proof_needed */
async function prove(deps: Deps, actor: Actor, own: OwnRow, { currentPassword, code }: Change): Promise<void> {
  if (currentPassword !== undefined && own.username !== null && own.passwordHash !== null) {
    await countAttempt(deps, 'account', own.username)
    if (!(await checkPassword(own.passwordHash, currentPassword)))
      throw new AppError('wrong_credentials', { detail: '当前密码不正确' })
    return clearAttempts(deps, 'account', own.username)
  }
  const phone = openPhone(deps.cipher, own)
  if (code !== undefined && phone !== null) return proveByCode(deps, phone, code)
  if (!(await isProved(deps.db, actor, deps.clock.now()))) throw new AppError('proof_needed')
}

/** Whether they came in by a code just now. */
export async function isProved(on: Queryable, actor: Actor, now: Date): Promise<boolean> {
  const here = (await listOwnSessions(on, personOf(actor), now)).find(({ id }) => id === actor.sessionId)
  const until = here ? provedUntil(here) : null
  return until !== null && until > now
}
