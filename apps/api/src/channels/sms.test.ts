import { expect, it } from 'vitest'
import { limitedSms, printingSms, refusingSms, type Sms } from './sms.ts'

const recording = () => {
  const sent: [string, string][] = []
  const sms: Sms = { send: async (phone, text) => void sent.push([phone, text]) }
  return { sms, sent }
}
const clockAt = (start: number) => {
  const clock = { time: start, now: () => new Date(clock.time) }
  return clock
}
const KIND = { perTenMinutes: 3, perDay: 5, perMinute: 100 }
const LIMITS = { code: KIND, notice: KIND }
const PHONE = '13800001234'

it('prints the number, the text and the code on a developer’s machine', async () => {
  const lines: string[] = []
  await printingSms((line) => lines.push(line)).send(PHONE, '验证码 123456')
  expect(lines.join()).toContain(PHONE)
  expect(lines.join()).toContain('验证码 123456')
})

it('refuses where no gateway is set', async () => {
  await expect(refusingSms.send(PHONE, 'x')).rejects.toMatchObject({ code: 'unavailable' })
})

it('sends no more to one phone than the limit, says how long to wait, and sends again after that', async () => {
  const { sms, sent } = recording()
  const clock = clockAt(0)
  const limited = limitedSms(sms, clock, LIMITS)
  for (let i = 0; i < 3; i++) await limited.send(PHONE, `${i}`)
  clock.time = 60_000
  await expect(limited.send(PHONE, '3')).rejects.toMatchObject({
    code: 'too_many_attempts',
    details: { retryAfter: 540 },
  })
  await limited.send('13900001234', 'another phone')
  clock.time = 600_000
  await limited.send(PHONE, '3')
  expect(sent).toHaveLength(5)
})

it('keeps to the daily limit, and forgets it after a day', async () => {
  const { sms, sent } = recording()
  const clock = clockAt(0)
  const limited = limitedSms(sms, clock, LIMITS)
  for (let i = 0; i < 5; i++) {
    await limited.send(PHONE, `${i}`)
    clock.time += 600_000
  }
  await expect(limited.send(PHONE, '5')).rejects.toMatchObject({ code: 'too_many_attempts' })
  clock.time = 86_400_000
  await limited.send(PHONE, '5')
  expect(sent).toHaveLength(6)
})

it('keeps to the limit over all phones', async () => {
  const { sms } = recording()
  const limited = limitedSms(sms, clockAt(0), { ...LIMITS, notice: { ...KIND, perMinute: 2 } })
  await limited.send('13800000001', 'x')
  await limited.send('13800000002', 'x')
  await expect(limited.send('13800000003', 'x')).rejects.toMatchObject({ details: { retryAfter: 60 } })
})

it('sends a code however many notices went before it, to all phones or to this one', async () => {
  const { sms, sent } = recording()
  const limited = limitedSms(sms, clockAt(0), LIMITS)
  for (let i = 0; i < 3; i++) await limited.send(PHONE, 'notice')
  for (let i = 3; i < 100; i++) await limited.send(`138${String(i).padStart(8, '0')}`, 'notice')
  await expect(limited.send('13900000001', 'notice')).rejects.toMatchObject({ code: 'too_many_attempts' })
  await limited.send(PHONE, 'code', 'code')
  expect(sent.at(-1)).toEqual([PHONE, 'code'])
  expect(sent).toHaveLength(101)
})
