import { expect, it } from 'vitest'
import { beforeAndAfter } from './before-after.ts'

it('sets the raiser’s photos beside those of the work, and forgets a result that was found wanting', () => {
  const entry = (action: string, ...photos: string[]) => ({ action, photos })
  const record = [entry('raise', 'hole'), entry('comment', 'cat'), entry('submit', 'patch'), entry('verify', 'seen')]
  expect(beforeAndAfter(record)).toEqual({ before: ['hole'], after: ['patch', 'seen'] })
  expect(beforeAndAfter([...record, entry('rectify'), entry('submit', 'road')])).toEqual({
    before: ['hole'],
    after: ['road'],
  })
  expect(beforeAndAfter([...record, entry('reopen', 'crack')])).toEqual({ before: ['hole', 'crack'], after: [] })
})
