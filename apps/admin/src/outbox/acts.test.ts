import { describe, expect, it } from 'vitest'
import {
  devicePhotosIn,
  isHeld,
  isOnDevice,
  isSure,
  type KeptAct,
  newDevicePhoto,
  nextOf,
  verdictOn,
  withUploaded,
} from './acts.ts'

const HOUR = 3_600_000
const kept = (id: string, subject: string, more: Partial<KeptAct> = {}): KeptAct => ({
  id,
  subject,
  route: ['issueActions', 'progress'],
  body: {},
  what: 'progress',
  title: '',
  community: '340803002001',
  page: '/work',
  personId: 'p',
  pressedAt: 0,
  uploaded: {},
  state: 'waiting',
  ...more,
})

describe('acts that wait', () => {
  it('go as they were done, and of one subject none before the one ahead of it', () => {
    const acts = [kept('1', 'a'), kept('2', 'a'), kept('3', 'b')]
    expect(nextOf(acts)?.id).toBe('1')
    expect(nextOf(acts.slice(1))?.id).toBe('2')
    expect(nextOf([])).toBeUndefined()
  })
  it.each(['refused', 'unsure'] as const)('that are %s hold up their own subject alone', (state) => {
    expect(nextOf([kept('1', 'a', { state }), kept('2', 'a'), kept('3', 'b')])?.id).toBe('3')
    expect(nextOf([kept('1', 'a', { state }), kept('2', 'a')])).toBeUndefined()
  })
  it('in any order of three subjects and states all go in the end, each subject in its order', () => {
    for (let seed = 0; seed < 200; seed++) {
      let acts = Array.from({ length: 7 }, (_, i) => kept(String(i), 'abc'[(seed * 7 + i * i * (seed % 5)) % 3] ?? 'a'))
      const gone: KeptAct[] = []
      for (let next = nextOf(acts); next; next = nextOf(acts)) {
        const { id } = next
        gone.push(next)
        acts = acts.filter((act) => act.id !== id)
      }
      expect(gone).toHaveLength(7)
      for (const subject of 'abc') {
        const order = gone.filter((act) => act.subject === subject).map(({ id }) => Number(id))
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
    }
  })
  it('are sent again by themselves only while the server knows their key', () => {
    expect(isSure(kept('1', 'a'), 99 * HOUR)).toBe(true)
    expect(isSure(kept('1', 'a', { triedAt: 0 }), 19 * HOUR)).toBe(true)
    expect(isSure(kept('1', 'a', { triedAt: 0 }), 21 * HOUR)).toBe(false)
    // The clock was put back.
    expect(isSure(kept('1', 'a', { triedAt: 48 * HOUR }), 0)).toBe(false)
  })
  it('keep their like from being offered again, but for what may be said twice', () => {
    expect(isHeld([kept('1', 'a', { what: 'submit' })], 'submit')).toBe(true)
    expect(isHeld([kept('1', 'a', { what: 'submit' })], 'return')).toBe(true)
    expect(isHeld([kept('1', 'a', { what: 'submit' })], 'progress')).toBe(false)
    expect(isHeld([kept('1', 'a', { what: 'progress' })], 'progress')).toBe(false)
    expect(isHeld([kept('1', 'a', { what: 'finish_part' })], 'finish_part')).toBe(true)
    expect(isHeld([kept('1', 'a', { what: 'progress' })], 'submit')).toBe(false)
    expect(isHeld([kept('1', 'a', { what: 'check_in' })], 'submit')).toBe(false)
  })
})

describe('what comes of one that was not taken', () => {
  const sentPhotos = { uploaded: { 'device:1': 'x' } }
  it.each([
    [0, 'unreachable', 'later'],
    [502, 'unreadable', 'later'],
    [503, 'unavailable', 'later'],
    [429, 'too_many_attempts', 'later'],
    [409, 'request_in_progress', 'later'],
    [401, 'session_ended', 'sign_in'],
    [409, 'stale_version', 'refused'],
    [403, 'forbidden', 'refused'],
    [404, 'not_found', 'refused'],
    [422, 'invalid_input', 'refused'],
    [422, 'attachment_not_found', 'photos_again'],
  ] as const)('%i %s: %s', (status, code, verdict) => {
    expect(verdictOn({ status, code }, sentPhotos)).toBe(verdict)
  })
  it('is for its writer where a photo is missing that was never on the device', () => {
    expect(verdictOn({ status: 422, code: 'attachment_not_found' }, { uploaded: {} })).toBe('refused')
  })
})

describe('photos on the device', () => {
  const photo = newDevicePhoto()
  const body = { result: 'done', photos: [photo, 'server-1'], parts: [{ photo, nothing: null, at: 3 }] }
  it('are found wherever they stand, and give way to the names the server gave', () => {
    expect(devicePhotosIn(body)).toEqual([photo, photo])
    expect(isOnDevice('server-1')).toBe(false)
    expect(withUploaded(body, { [photo]: 'server-2' })).toEqual({
      result: 'done',
      photos: ['server-2', 'server-1'],
      parts: [{ photo: 'server-2', nothing: null, at: 3 }],
    })
  })
})
