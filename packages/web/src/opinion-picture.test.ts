import { describe, expect, it } from 'vitest'
import { groupsAreClear, opinionPicture, PICTURE, percentOf } from './opinion-picture.ts'

const group = (letter: string, size: number, x: number, y: number) => ({ letter, size, x, y })
const apart = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe('the picture of the groups', () => {
  it.each([
    [[]],
    [[group('A', 9, 0, 0)]],
    [[group('A', 20, -0.4, 0.1), group('B', 11, 0.7, -0.2)]],
    [[group('A', 20, 0, 0), group('B', 11, 0, 0), group('C', 5, 0, 0)]],
    [
      [
        group('A', 900, -1, -1),
        group('B', 700, 1, 1),
        group('C', 60, 0.9, 1),
        group('D', 50, -1, 1),
        group('E', 5, 0, 0),
      ],
    ],
  ])('lays circles side by side within it: %j', (groups) => {
    const { circles, peoplePerDot, dotRadius } = opinionPicture(groups)
    for (const [i, one] of circles.entries()) {
      expect(one.x - one.r).toBeGreaterThanOrEqual(0)
      expect(one.x + one.r).toBeLessThanOrEqual(PICTURE.width)
      expect(one.y - one.r).toBeGreaterThanOrEqual(0)
      expect(one.y + one.r).toBeLessThanOrEqual(PICTURE.height)
      for (const other of circles.slice(i + 1)) expect(apart(one, other)).toBeGreaterThanOrEqual(one.r + other.r - 0.01)
      expect(one.dots).toHaveLength(Math.ceil(one.size / peoplePerDot))
      for (const dot of one.dots) expect(apart(one, dot) + dotRadius).toBeLessThanOrEqual(one.r + 0.01)
    }
  })

  it('is the same for the same groups', () => {
    const groups = [group('A', 20, -0.4, 0.1), group('B', 11, 0.7, -0.2)]
    expect(opinionPicture(groups)).toEqual(opinionPicture(groups))
  })
})

it('speaks of groups only where they are apart', () => {
  expect([null, 0.1, 0.4].map((silhouette) => groupsAreClear({ silhouette }))).toEqual([false, false, true])
})

it('makes percent of those who answered', () => {
  const counts = { agree: 2, disagree: 1, pass: 0 }
  expect([percentOf(2, counts), percentOf(1, counts), percentOf(0, { agree: 0, disagree: 0, pass: 0 })]).toEqual([
    67, 33, 0,
  ])
})
