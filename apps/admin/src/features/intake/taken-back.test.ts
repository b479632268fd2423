import { expect, it, onTestFinished, vi } from 'vitest'
import { keepDraft } from '../../drafts/drafts.ts'
import { inHand } from '../../outbox/in-hand.ts'
import { takenBack } from './taken-back.ts'

const FIELDS = { title: '雨棚漏水', body: '进出都要打伞', kind: 'request', place: '东门', photos: ['photo'] }
const CONTENT = { ...FIELDS, name: '', phone: '', saidAt: '', entries: [], current: null }

it('finds what was taken back beside the draft of the form, and whom the one in hand was for', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
  const listed = {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  }
  vi.stubGlobal('localStorage', new Proxy(store, listed))
  onTestFinished(() => {
    inHand.value = undefined
    vi.unstubAllGlobals()
  })
  keepDraft('form', { ...CONTENT, title: '正在写的' })
  keepDraft('form.1', CONTENT)
  keepDraft('form.2', { ...CONTENT, saidAt: '2026-11-02T01:00:00Z' })
  keepDraft('another form.3', CONTENT)
  const body = { raiser: { name: '张阿姨', phone: '13500007777' }, saidAt: '2026-11-03T01:00:00Z' }
  inHand.value = { id: '1', body } as unknown as typeof inHand.value

  const { title, body: text, ...filled } = FIELDS
  const written = { title, body: text, sender: null, saidAt: null, filled: { ...filled, phone: '' } }
  expect(takenBack('form')).toEqual([
    {
      kept: 'form.1',
      written: { ...written, sender: '张阿姨', saidAt: body.saidAt, filled: { ...filled, phone: '13500007777' } },
      isAskedFor: true,
    },
    { kept: 'form.2', written: { ...written, saidAt: '2026-11-02T01:00:00Z' }, isAskedFor: false },
  ])
})
