import { randomInt } from 'node:crypto'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { storePhoneCode } from './sessions.queries.ts'
import { addressOf, countAttempt } from './throttle.ts'

export const CODE_MINUTES = 5

export const codeHash = (deps: Deps, phone: string, code: string): string =>
  deps.cipher.keyedHash(`phone-code:${phone}:${code}`)

const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Keeps a code for this number for so long; the one before no longer works. */
async function keepCode(deps: Deps, phone: string, code: string, minutes: number): Promise<void> {
  const now = deps.clock.now()
  await storePhoneCode(deps.db, {
    phoneHash: deps.cipher.keyedHash(phone),
    codeHash: codeHash(deps, phone, code),
    sentAt: now,
    expiresAt: new Date(now.getTime() + minutes * 60_000),
  })
}

/** A code that is handed over by no message; the one before no longer works. */
export async function keepNewCode(deps: Deps, phone: string, minutes: number): Promise<string> {
  const code = newCode()
  await keepCode(deps, phone, code, minutes)
  return code
}

/**
 * Sends a new code to the number; the one before works no longer, unless the message was refused. The answer is the same whether or not the
 * number is known here.
 * @throws AppError too_many_attempts, or unavailable when the message could not be handed over
 */
export async function sendPhoneCode(
  deps: Deps,
  command: { phone: string; ip: string },
): Promise<{ expiresAt: string; retryAt: string }> {
  await countAttempt(deps, 'address_code', addressOf(command.ip))
  const retryAt = await countAttempt(deps, 'phone_code', command.phone)
  const now = deps.clock.now()
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000)
  const code = newCode()
  try {
    const text = `【同心】您的验证码是 ${code}，${CODE_MINUTES} 分钟内有效，请勿告诉他人。`
    await deps.sms.send(command.phone, text, 'code')
  } catch (error) {
    if (error instanceof AppError) throw error
    // A gateway may fail after taking the message: what may be on its way works.
    await keepCode(deps, command.phone, code, CODE_MINUTES)
    throw new AppError('unavailable', { reason: 'sms_not_sent', detail: '短信暂时发不出去，请稍后再试', cause: error })
  }
  // Only what is on its way takes the place of the one before: a founder's code was told by no message, and nothing could bring another.
  await keepCode(deps, command.phone, code, CODE_MINUTES)
  return { expiresAt: expiresAt.toISOString(), retryAt: retryAt.toISOString() }
}
