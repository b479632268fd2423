import type { Clock } from '../deps.ts'
import { AppError } from '../http/errors.ts'

/** Text messages to one phone. A gateway of the operator's choice fits behind it. */
export interface Sms {
  /** @param phone 11 digits. Resolves once the gateway took the message; rejects when it did not. A notice, unless it says otherwise. */
  send(phone: string, text: string, kind?: SmsKind): Promise<void>
}

/** For a developer's machine: prints number, text and code in full, where the person signing in looks for them. */
export const printingSms = (print: (line: string) => void = console.info): Sms => ({
  async send(phone, text) {
    print(`\n  📱 短信 SMS → ${phone}\n     ${text.replaceAll('\n', '\n     ')}\n`)
  },
})

/** For production while no gateway is set: nobody is told that a message is under way, and no code reaches a log. */
export const refusingSms: Sms = {
  async send() {
    throw new AppError('unavailable', { reason: 'sms_not_configured', detail: '短信服务尚未配置，请联系社区工作人员' })
  },
}

/** A code that somebody waits for, or a notice, of which there may be thousands at once. */
export type SmsKind = 'code' | 'notice'

export interface SmsLimits {
  /** to one phone */
  perTenMinutes: number
  perDay: number
  /** to all phones together, by this process */
  perMinute: number
}

/** Each kind has a budget of its own: a notice to all owners leaves nobody without the code to sign in by. */
const LIMITS: Record<SmsKind, SmsLimits> = {
  code: { perTenMinutes: 6, perDay: 30, perMinute: 400 },
  notice: { perTenMinutes: 6, perDay: 30, perMinute: 200 },
}
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const refuseBeyond = (times: readonly number[], most: number, window: number, now: number): void => {
  const oldest = times.length < most ? undefined : times[times.length - most]
  if (oldest !== undefined && oldest > now - window) {
    throw new AppError('too_many_attempts', {
      reason: 'sms_limit',
      retryAfter: Math.ceil((oldest + window - now) / 1000),
    })
  }
}

/** Takes one message to a phone off the budget; throws when that is spent. */
const budgetOf = (limits: SmsLimits): ((phone: string, now: number) => void) => {
  const sentTo = new Map<string, number[]>()
  let sentToAll: number[] = []
  let swept = 0

  const sweep = (now: number): void => {
    if (now - swept < MINUTE) return
    swept = now
    for (const [phone, times] of sentTo) if ((times.at(-1) ?? 0) <= now - DAY) sentTo.delete(phone)
  }

  return (phone, now) => {
    sweep(now)
    const times = (sentTo.get(phone) ?? []).filter((time) => time > now - DAY)
    sentToAll = sentToAll.filter((time) => time > now - MINUTE)
    refuseBeyond(times, limits.perTenMinutes, 10 * MINUTE, now)
    refuseBeyond(times, limits.perDay, DAY, now)
    refuseBeyond(sentToAll, limits.perMinute, MINUTE, now)
    sentTo.set(phone, [...times, now])
    sentToAll.push(now)
  }
}

/**
 * The last line against a loop or a bot that would send without end; features set closer limits of their own. Kept in
 * memory, per process: a restart forgives.
 * @throws AppError too_many_attempts with the seconds to wait; nothing was sent then
 */
export const limitedSms = (sms: Sms, clock: Clock, limits: Record<SmsKind, SmsLimits> = LIMITS): Sms => {
  const spend = { code: budgetOf(limits.code), notice: budgetOf(limits.notice) }
  return {
    async send(phone, text, kind = 'notice') {
      // Counted before sending: a gateway that fails after taking the message must not be asked without end.
      spend[kind](phone, clock.now().getTime())
      await sms.send(phone, text, kind)
    },
  }
}
