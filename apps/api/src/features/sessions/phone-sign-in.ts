import { and, eq } from 'drizzle-orm'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { people } from '../../db/schema/people.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { holdPersonByPhoneHash, registerPerson } from '../people/index.ts'
import { openSession } from './open-session.ts'
import { codeHash } from './send-phone-code.ts'
import { type SessionRow, tryPhoneCode } from './sessions.queries.ts'
import { addressOf, clearAttempts, countAttempt, uncountAttempt } from './throttle.ts'

const TRIES_PER_CODE = 5

/** @throws AppError wrong_code, account_locked, too_many_attempts */
export async function phoneSignIn(
  deps: Deps,
  command: { phone: string; code: string; ip: string; device: string | null },
): Promise<SessionRow> {
  const { phone } = command
  const address = addressOf(command.ip)
  await countAttempt(deps, 'address', address)
  await countAttempt(deps, 'phone', phone)
  const now = deps.clock.now()
  const phoneHash = deps.cipher.keyedHash(phone)
  const session = await inTransaction(deps.pool, async (tx) => {
    const right = await tryPhoneCode(tx, phoneHash, codeHash(deps, phone, command.code), now, TRIES_PER_CODE)
    if (!right) return null
    const personId = await provePhone(tx, deps, phone, phoneHash, now)
    return openSession(tx, personId, 'phone', now, command.device)
  })
  // Thrown only here: the try just counted against the code must not be rolled back.
  if (!session) throw new AppError('wrong_code')
  await clearAttempts(deps, 'phone', phone)
  await clearAttempts(deps, 'phone_code', phone)
  await uncountAttempt(deps, 'address', address)
  return session
}

/** A code that proves the number of who is signed in already. @throws AppError wrong_code, too_many_attempts */
export async function proveByCode(deps: Deps, phone: string, code: string): Promise<void> {
  await countAttempt(deps, 'phone', phone)
  const hashes = [deps.cipher.keyedHash(phone), codeHash(deps, phone, code)] as const
  const right = await inTransaction(deps.pool, (tx) => tryPhoneCode(tx, ...hashes, deps.clock.now(), TRIES_PER_CODE))
  if (!right) throw new AppError('wrong_code')
  await clearAttempts(deps, 'phone', phone)
  await clearAttempts(deps, 'phone_code', phone)
}

/** The person with this number, now known to hold it; a new one when there is none. */
async function provePhone(tx: Tx, deps: Deps, phone: string, phoneHash: string, now: Date): Promise<string> {
  const known = await holdPersonByPhoneHash(tx, phoneHash)
  if (!known) {
    const person = await registerPerson(tx, deps.cipher, { phone, regionCode: null, phoneProved: true, at: now })
    return person.id
  }
  await tx
    .update(people)
    .set({ level: 'phone' })
    .where(and(eq(people.id, known.id), eq(people.level, 'guest')))
  return known.id
}
