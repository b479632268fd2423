import { constants, createPublicKey, generateKeyPairSync, privateDecrypt, verify } from 'node:crypto'
import { ApiProblem, type Client } from '@tongxin/client'
import { beforeEach, expect, it, vi } from 'vitest'
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

it('casts by itself when the moment has come, once', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T01:00:00Z'), toFake: ['Date'] })
  try {
    const papers = createPapers(api, storage)
    await papers.draw(motion, ME, true)
    const at = papers.castLater(MOTION, ME, 'abstain', new Date('2026-03-02T03:00:00Z'))
    expect(papers.plannedFor(MOTION, ME)).toEqual(at)
    expect(papers.stateOf(MOTION, ME)).toBe('planned')
    expect(await papers.castDue()).toBe(0)
    vi.setSystemTime(at)
    failures.push(problem(503, 'unavailable'))
    expect(await papers.castDue()).toBe(0)
    expect(await papers.castDue()).toBe(1)
    expect(await papers.castDue()).toBe(0)
    expect(papers.stateOf(MOTION, ME)).toBe('cast')
    // Whoever was away finds the number once.
    expect(papers.receiptOf(MOTION, ME)).toBe(calls.at(-1)?.body.token)
    papers.noteReceipt(MOTION, ME)
    expect([papers.receiptOf(MOTION, ME), papers.stateOf(MOTION, ME)]).toEqual([null, 'cast'])
  } finally {
    vi.useRealTimers()
  }
})

it('waits by chance, and never near the end', () => {
  const now = new Date('2026-03-02T01:00:00Z')
  const end = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  expect(chanceDelay(null, now, 0)).toBe(5_000)
  expect(chanceDelay(null, now, 1)).toBe(60_000)
  expect(chanceDelay(end(3 * 24 * 60), now, 0)).toBe(60_000)
  expect(chanceDelay(end(3 * 24 * 60), now, 1)).toBe(60 * 60_000)
  expect(chanceDelay(end(10), now, 1)).toBe(5 * 60_000)
  expect(chanceDelay(end(1), now, 0)).toBe(30_000)
  expect(chanceDelay(end(-1), now, 1)).toBe(0)
})
