import { expect, it, onTestFinished, vi } from 'vitest'
import { effectScope, nextTick, reactive } from 'vue'
import { takeDraft } from './drafts.ts'
import { useDraft } from './use-draft.ts'

/** A form with one field, and what this device keeps of it. */
function openForm() {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  }
  const listed = {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  }
  vi.stubGlobal('localStorage', new Proxy(store, listed))
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
    vi.unstubAllGlobals()
  })
  const form = reactive({ text: '' })
  const draft = scope.run(() => useDraft(() => ({ ...form }))) as ReturnType<typeof useDraft<{ text: string }>>
  draft.open('form')
  const write = async (text: string) => {
    form.text = text
    await nextTick()
  }
  const left = () => [...kept].flatMap(([key, text]) => (key.endsWith('.form') ? [JSON.parse(text).content.text] : []))
  /** What is sent is taken on by what waits; its answer is the test's. */
  const send = () => {
    const answer = Promise.withResolvers<void>()
    const sent = draft.whileSent(async ({ name }) => {
      const giveBack = takeDraft(name)
      await answer.promise.catch((refusal) => {
        giveBack()
        throw refusal
      })
    })
    return { ...answer, sent }
  }
  return { draft, write, left, send }
}

it('writes nothing of a form that is being sent', async () => {
  const { draft, write, left, send } = openForm()
  await write('written')
  expect(left()).toEqual(['written'])
  const { resolve, sent } = send()
  expect(draft.isUnderWay.value).toBe(true)
  await write('written on')
  expect(left()).toEqual([])
  resolve()
  await sent
  expect(draft.isUnderWay.value).toBe(false)
  expect(left()).toEqual([])
  await write('another')
  expect(left()).toEqual(['another'])
})

it('keeps after a refusal what the form holds by then', async () => {
  const { write, left, send } = openForm()
  await write('written')
  const { reject, sent } = send()
  await write('written on')
  reject(new Error('refused'))
  await expect(sent).rejects.toThrow('refused')
  expect(left()).toEqual(['written on'])
})

it('keeps of another form what is written there meanwhile', async () => {
  const { draft, write, left, send } = openForm()
  await write('written')
  const { reject, sent } = send()
  draft.open('other.form')
  expect(draft.isUnderWay.value).toBe(false)
  await write('of the other')
  expect(left()).toEqual(['of the other'])
  reject(new Error('refused'))
  await expect(sent).rejects.toThrow('refused')
  expect(left().toSorted()).toEqual(['of the other', 'written'])
})
