import { afterAll, beforeEach, expect, it, vi } from 'vitest'

const kept = new Map<string, string>()
vi.stubGlobal(
  'localStorage',
  new Proxy(
    {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    },
    {
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  ),
)
const { draftOf, dropDrafts, keepDraft, takeDraft } = await import('./drafts.ts')

beforeEach(() => kept.clear())
afterAll(() => vi.unstubAllGlobals())

it('takes a draft out while it is sent, and gives it back as it was', () => {
  keepDraft('form', { text: 'written' })
  const before = draftOf('form')
  const giveBack = takeDraft('form')
  expect(draftOf('form')).toBe(null)
  giveBack()
  expect(draftOf('form')).toEqual(before)
})

it('leaves in its place what goes on beside it', () => {
  keepDraft('form', { text: 'written', beside: ['another'] })
  const giveBack = takeDraft('form', { text: '', beside: ['another'] })
  expect(draftOf('form')?.content).toEqual({ text: '', beside: ['another'] })
  giveBack()
  expect(draftOf('form')?.content).toEqual({ text: 'written', beside: ['another'] })
})

it('gives nothing back over what was written meanwhile', () => {
  keepDraft('form', { text: 'written' })
  const giveBack = takeDraft('form')
  keepDraft('form', { text: 'written on' })
  giveBack()
  expect(draftOf('form')?.content).toEqual({ text: 'written on' })
})

it('gives nothing back once its writer has signed out', () => {
  keepDraft('form', { text: 'written' })
  const giveBack = takeDraft('form')
  dropDrafts()
  giveBack()
  expect(draftOf('form')).toBe(null)
})
