import type { Clock } from '../deps.ts'
import { AppError } from '../http/errors.ts'

/** Text messages to one phone. A gateway of the operator's choice fits behind it. */
export interface Sms {
  /** @param phone 11 digits. Resolves once the gateway took the message; rejects when it did not. */
  send(phone: string, text: string): Promise<void>
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

export interface SmsLimits {
  /** to one phone */
  perTenMinutes: number
  perDay: number
  /** to all phones together, by this process */
  perMinute: number
}

const LIMITS: SmsLimits = { perTenMinutes: 6, perDay: 30, perMinute: 600 }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/**
 * The last line against a loop or a bot that would send without end; features set closer limits of their own. Kept in
 * memory, per process: a restart forgives.
 * @throws AppError too_many_attempts with the seconds to wait; nothing was sent then
 */
export const limitedSms = (sms: Sms, clock: Clock, limits: SmsLimits = LIMITS): Sms => {
  const sentTo = new Map<string, number[]>()
  let sentToAll: number[] = []
  let swept = 0

  const refuseBeyond = (times: readonly number[], most: number, window: number, now: number): void => {
    const oldest = times.length < most ? undefined : times[times.length - most]
    if (oldest !== undefined && oldest > now - window) {
      throw new AppError('too_many_attempts', {
        reason: 'sms_limit',
        retryAfter: Math.ceil((oldest + window - now) / 1000),
      })
    }
  }

  const sweep = (now: number): void => {
    if (now - swept < MINUTE) return
    swept = now
    for (const [phone, times] of sentTo) if ((times.at(-1) ?? 0) <= now - DAY) sentTo.delete(phone)
  }

  return {
    async send(phone, text) {
      const now = clock.now().getTime()
      sweep(now)
      const times = (sentTo.get(phone) ?? []).filter((time) => time > now - DAY)
      sentToAll = sentToAll.filter((time) => time > now - MINUTE)
      refuseBeyond(times, limits.perTenMinutes, 10 * MINUTE, now)
      refuseBeyond(times, limits.perDay, DAY, now)
      refuseBeyond(sentToAll, limits.perMinute, MINUTE, now)
      // Counted before sending: a gateway that fails after taking the message must not be asked without end.
      sentTo.set(phone, [...times, now])
      sentToAll.push(now)
      await sms.send(phone, text)
    },
  }
}
