import { unreachable } from '@tongxin/client'
import { expect, it, vi } from 'vitest'

const kept = vi.hoisted(() => new Map<string, { at: number; answer: object; personId: string }>())
vi.mock('./device-store.ts', () => ({
  device: async () => ({
    get: async (_: string, name: string) => kept.get(name),
    put: async (_: string, entry: { at: number; answer: object; personId: string }, name: string) =>
      void kept.set(name, entry),
    delete: async (_: string, name: string) => void kept.delete(name),
  }),
}))
vi.mock('./connection.ts', () => ({ connected: { value: true }, isUnreached: () => true, noAnswer: () => {} }))

const { lastSeen, readAs } = await import('./last-seen.ts')
const nobody = () => Promise.reject(unreachable(new Error('no signal')))

it('gives back what was read last to its reader alone', async () => {
  readAs('officer')
  await lastSeen('orders', async () => ({ of: 'officer' }))
  await vi.waitFor(() => expect(kept.has('orders')).toBe(true))
  expect(await lastSeen('orders', nobody)).toEqual({ of: 'officer' })
  readAs('somebody else')
  await expect(lastSeen('orders', nobody)).rejects.toMatchObject({ code: 'unreachable' })
})

it('keeps nothing that is answered after its reader has gone', async () => {
  kept.clear()
  readAs('officer')
  let answer = (_: object) => {}
  const reading = lastSeen('orders', () => new Promise<object>((resolve) => (answer = resolve)))
  readAs(undefined)
  answer({ of: 'officer' })
  await reading
  await new Promise((resolve) => setTimeout(resolve))
  expect(kept.size).toBe(0)
})
