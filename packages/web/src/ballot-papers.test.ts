import { constants, createPublicKey, generateKeyPairSync, privateDecrypt, verify } from 'node:crypto'
import { ApiProblem, type Client } from '@tongxin/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chanceDelay, createPapers } from './ballot-papers.ts'

const MOTION = '340803002001-0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e'
const ME = '0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6f'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const motion = { id: MOTION, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }

interface Call {
  path: string
  body: Record<string, string>
}
let calls: Call[]
let failures: Error[]
let storage: Storage

const problem = (status: number, code: string) =>
  new ApiProblem({ status, code: code as never, title: code, detail: code })

/** A server that signs what it is given, unless it fails first. */
const api = {
  call: async ({ path }: { path: string }, { body }: { body: Record<string, string> }) => {
    calls.push({ path, body })
    const failure = failures.shift()
    if (failure) throw failure
    if (!path.endsWith('/papers')) return { token: body.token }
    const blinded = Buffer.from(body.blinded ?? '', 'base64url')
    const signed = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinded)
    return { blindSignature: signed.toString('base64url') }
  },
} as unknown as Client

const inMemory = (): Storage => {
  const held: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => held[key] ?? null,
    setItem: (key: string, value: string) => {
      held[key] = value
    },
  }
  // As a browser has it: the names of what is kept are its own keys.
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => Object.keys(held),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}

beforeEach(() => {
  calls = []
  failures = []
  storage = inMemory()
})
afterEach(() => {
  vi.useRealTimers()
})

const START = new Date('2026-03-02T01:00:00Z')
const END = new Date('2026-03-02T03:00:00Z')
const casts = () => calls.filter(({ path }) => path.endsWith('/ballots')).length

/** A paper drawn and planned, and the clock in hand. */
const planned = async (end: Date | null = END) => {
  const papers = createPapers(api, storage)
  await papers.draw(motion, ME, true)
  vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  return { papers, at: papers.castLater(MOTION, ME, 'abstain', end) }
}
/** As if the page had been closed, and opened anew at this moment. */
const openedAt = (now: Date) => {
  vi.clearAllTimers()
  vi.setSystemTime(now)
  const papers = createPapers(api, storage)
  papers.resume()
  return papers
}

it('draws a paper that anybody can verify, and forgets it once it was cast', async () => {
  const papers = createPapers(api, storage)
  expect(papers.stateOf(MOTION, ME)).toBe('none')
  await papers.draw(motion, ME, true)
  expect(papers.stateOf(MOTION, ME)).toBe('drawn')
  const token = await papers.cast(MOTION, ME, 'for')
  const { body } = calls[1] as Call
  expect(body).toMatchObject({ token, choice: 'for' })
  const message = Buffer.concat([Buffer.from(token, 'base64url'), Buffer.from(`tongxin ballot ${MOTION}`)])
  const key = { key: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })), saltLength: 48 }
  const scheme = { ...key, padding: constants.RSA_PKCS1_PSS_PADDING }
  expect(verify('sha384', message, scheme, Buffer.from(body.signature ?? '', 'base64url'))).toBe(true)
  expect(papers.stateOf(MOTION, ME)).toBe('cast')
  expect(Object.keys(storage).map((name) => storage.getItem(name))).toEqual(['{"cast":true}'])
})

it('asks for the same paper again when the answer was lost', async () => {
  const papers = createPapers(api, storage)
  failures.push(problem(0, 'unreachable'))
  await expect(papers.draw(motion, ME, false)).rejects.toThrow()
  // As if the page had been opened anew.
  await createPapers(api, storage).draw(motion, ME, false)
  expect(calls[0]?.body.blinded).toBe(calls[1]?.body.blinded)
  expect(calls[0]?.body.principalId).toBe(ME)
})

it('keeps a paper whose ballot did not arrive, and gives up one that arrived for another choice', async () => {
  const papers = createPapers(api, storage)
  await papers.draw(motion, ME, true)
  failures.push(problem(0, 'unreachable'), problem(409, 'already_voted'))
  await expect(papers.cast(MOTION, ME, 'for')).rejects.toThrow()
  expect(papers.stateOf(MOTION, ME)).toBe('drawn')
  await expect(papers.cast(MOTION, ME, 'against')).rejects.toMatchObject({ code: 'already_voted' })
  expect(papers.stateOf(MOTION, ME)).toBe('cast')
})

it('casts by itself in its own moment, once', async () => {
  const { papers, at } = await planned()
  const moved = vi.fn()
  papers.onMoved(moved)
  expect(papers.plannedFor(MOTION, ME)).toEqual(at)
  expect(papers.stateOf(MOTION, ME)).toBe('planned')
  // Taking it up again while it waits changes nothing.
  papers.resume()
  await vi.advanceTimersByTimeAsync(at.getTime() - Date.now() - 1)
  expect([casts(), moved.mock.calls.length]).toEqual([0, 0])
  await vi.advanceTimersByTimeAsync(1)
  expect([casts(), moved.mock.calls.length, vi.getTimerCount()]).toEqual([1, 1, 0])
  expect(papers.stateOf(MOTION, ME)).toBe('cast')
  // Whoever was away finds the number once.
  expect(papers.receiptOf(MOTION, ME)).toBe(calls.at(-1)?.body.token)
  papers.noteReceipt(MOTION, ME)
  expect([papers.receiptOf(MOTION, ME), papers.stateOf(MOTION, ME)]).toEqual([null, 'cast'])
})

it('tries again by chance when there was no answer, and gives up what is refused or over', async () => {
  const { papers, at } = await planned()
  failures.push(problem(503, 'unavailable'))
  await vi.advanceTimersByTimeAsync(at.getTime() - Date.now())
  const next = papers.plannedFor(MOTION, ME)?.getTime() ?? 0
  expect(next - at.getTime()).toBeGreaterThanOrEqual(1_000)
  expect(next - at.getTime()).toBeLessThanOrEqual(60_000)
  failures.push(problem(409, 'motion_closed'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect([casts(), papers.stateOf(MOTION, ME), vi.getTimerCount()]).toEqual([2, 'drawn', 0])
})

it('gives what fell due while the page was closed another moment by chance, and not one the opening tells', async () => {
  const waits = new Set<number>()
  const { at } = await planned()
  const [name = ''] = Object.keys(storage)
  const kept = storage.getItem(name) ?? ''
  for (let n = 0; n < 8; n++) {
    storage.setItem(name, kept)
    const opened = new Date(at.getTime() + 10_000)
    const papers = openedAt(opened)
    const next = papers.plannedFor(MOTION, ME)?.getTime() ?? 0
    expect(next).toBeLessThan(END.getTime())
    waits.add(next - opened.getTime())
    await vi.advanceTimersByTimeAsync(59_000)
    expect(casts()).toBe(n)
    await vi.advanceTimersByTimeAsync(next - Date.now())
    expect(casts()).toBe(n + 1)
  }
  expect(waits.size).toBeGreaterThan(6)
})

it('keeps to a moment that is still to come when the page is opened anew, and sends nothing after the end', async () => {
  const { at } = await planned()
  const before = new Date(at.getTime() - 5_000)
  expect(openedAt(before).plannedFor(MOTION, ME)).toEqual(at)
  const papers = openedAt(END)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([casts(), papers.stateOf(MOTION, ME)]).toEqual([0, 'drawn'])
})

it('does not cast in the moment a device wakes that slept over the planned one', async () => {
  // With an end far off: what was planned late would else wake after it.
  const { papers, at } = await planned(new Date('2026-03-03T03:00:00Z'))
  vi.setSystemTime(at.getTime() + 10 * 60_000)
  await vi.advanceTimersToNextTimerAsync()
  expect(casts()).toBe(0)
  expect(papers.plannedFor(MOTION, ME)?.getTime()).toBeGreaterThan(Date.now())
})

it('waits by chance, and never near the end', () => {
  const now = new Date('2026-03-02T01:00:00Z')
  const end = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  expect(chanceDelay(null, now, 0)).toBe(5_000)
  expect(chanceDelay(null, now, 1)).toBe(60_000)
  expect(chanceDelay(end(3 * 24 * 60), now, 0)).toBe(60_000)
  expect(chanceDelay(end(3 * 24 * 60), now, 1)).toBe(60 * 60_000)
  expect(chanceDelay(end(10), now, 1)).toBe(5 * 60_000)
  expect(chanceDelay(end(1), now, 0)).toBe(15_000)
  expect(chanceDelay(end(1), now, 1)).toBe(30_000)
  expect(chanceDelay(end(-1), now, 1)).toBe(0)
})
