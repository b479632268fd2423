import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useFollowed, waitBefore } from './use-followed.ts'

/** A page that can be put behind others, and a stream whose lines are given by hand. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const network = new EventTarget()
beforeEach(() => {
  page.visibilityState = 'visible'
  vi.useFakeTimers()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const byHand = () => {
  const lines: { heard: () => void; end: () => void; signal: AbortSignal }[] = []
  const scope = effectScope()
  const line = scope.run(() =>
    useFollowed(
      () => 'wanted',
      (signal, heard) => new Promise((end) => lines.push({ heard, end, signal })),
    ),
  )
  if (!line) throw new Error('no scope')
  const seen = async (visible: boolean) => {
    page.visibilityState = visible ? 'visible' : 'hidden'
    page.dispatchEvent(new Event('visibilitychange'))
    await nextTick()
  }
  return { lines, line, seen, stop: () => scope.stop() }
}

it('waits ever longer after what failed, a minute at the most', () => {
  expect([0, 1, 2, 10].map((failed) => waitBefore(failed, 1))).toEqual([1_000, 2_000, 4_000, 60_000])
  expect(waitBefore(2, 0)).toBe(2_000)
})

it('comes back by itself, and says so when no news have come for a while', async () => {
  const { lines, line, stop } = byHand()
  lines[0]?.heard()
  expect(line.standing.value).toBe(true)
  await vi.advanceTimersByTimeAsync(600_000)
  lines[0]?.end()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(lines).toHaveLength(2)
  // Nobody answers now.
  for (let failed = 0; failed < 4; failed++) {
    lines.at(-1)?.end()
    await vi.advanceTimersByTimeAsync(20_000)
  }
  expect(line.missing.value).toBe(true)
  const before = lines.length
  lines.at(-1)?.end()
  await vi.advanceTimersByTimeAsync(0)
  network.dispatchEvent(new Event('online'))
  expect(lines).toHaveLength(before + 1)
  lines.at(-1)?.heard()
  expect([line.standing.value, line.missing.value]).toEqual([true, false])
  stop()
  expect(lines.at(-1)?.signal.aborted).toBe(true)
})

it('keeps no line while nobody looks', async () => {
  const { lines, line, seen, stop } = byHand()
  lines[0]?.heard()
  await seen(false)
  expect(lines[0]?.signal.aborted).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([lines.length, line.missing.value]).toEqual([1, false])
  await seen(true)
  expect(lines).toHaveLength(2)
  stop()
})
