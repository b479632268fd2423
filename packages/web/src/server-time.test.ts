import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { deviceIsBehind, keepingTime, serverNow } from './server-time.ts'
import { useNow } from './use-now.ts'

const HOUR = 3_600_000
const SERVER = Date.parse('2026-03-02T01:00:00.000Z')

/** An answer of a server whose clock says this. */
const answered = (at: number, cache = 'no-store') =>
  keepingTime(async () => new Response('', { headers: { date: new Date(at).toUTCString(), 'cache-control': cache } }))(
    '/',
  )

beforeEach(() => {
  vi.useFakeTimers({ now: SERVER })
})
afterEach(async () => {
  vi.setSystemTime(SERVER)
  await answered(SERVER)
  vi.useRealTimers()
})

it.each([
  ['hours behind', -7 * HOUR],
  ['days ahead', 50 * HOUR],
])('goes by the server where the device is %s', async (_how, off) => {
  vi.setSystemTime(SERVER + off)
  await answered(SERVER)
  expect(Math.abs(serverNow().getTime() - SERVER)).toBeLessThanOrEqual(1_000)
  expect(Math.sign(deviceIsBehind.value)).toBe(-Math.sign(off))
  // Put right meanwhile.
  vi.setSystemTime(SERVER + HOUR)
  await answered(SERVER + HOUR)
  expect([serverNow().getTime(), deviceIsBehind.value]).toEqual([SERVER + HOUR, 0])
})

it('believes a device that is right to the second, and no answer that may be an old one', async () => {
  await answered(SERVER + 1_000)
  await answered(SERVER - 4 * HOUR, 'public, max-age=60')
  await keepingTime(async () => new Response(''))('/')
  expect(serverNow().getTime()).toBe(SERVER)
  await answered(SERVER + 3 * 60_000)
  expect(serverNow().getTime()).toBe(SERVER + 3 * 60_000 + 500)
  expect(deviceIsBehind.value).toBe(0)
})

it('moves what is shown as soon as it is known', async () => {
  const scope = effectScope()
  const now = scope.run(useNow)
  vi.setSystemTime(SERVER + 9 * HOUR)
  await answered(SERVER)
  await nextTick()
  expect(now?.value.getTime()).toBe(SERVER + 500)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(now?.value.getTime()).toBe(SERVER + 60_500)
  scope.stop()
})
