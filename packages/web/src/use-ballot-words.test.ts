import type { MotionView } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { basisOf } from './use-ballot-words.ts'

const motion = (rule: string, place: string) => ({ rule, voting: { place } }) as MotionView

it('says of whom the shares of a result are taken', () => {
  expect(basisOf(motion('majority', 'room'))).toBe('present')
  expect(basisOf(motion('majority', 'online'))).toBe('tookPart')
  expect(basisOf(motion('households', 'room'))).toBe('entitled')
  expect(basisOf(motion('owners_ordinary', 'room'))).toBe('entitled')
})
