import { allows } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import { expect, it } from 'vitest'
import { tourEn } from '../locales/tour.en.ts'
import { tourZh } from '../locales/tour.zh.ts'
import { TOURS, tourFor } from './tours.ts'

const forRole = (role: Role) =>
  tourFor(
    (each) => each === role,
    (permission) => allows(permission, new Set([role])),
  )

it.each([...Object.keys(TOURS), 'representative'] as Role[])(
  'shows a %s round in a few steps that have words',
  (role) => {
    const steps = forRole(role)
    expect(steps.length).toBeGreaterThanOrEqual(3)
    expect(steps.length).toBeLessThanOrEqual(7)
    for (const { key } of steps) {
      expect(Object.keys(tourZh.steps)).toContain(key)
      expect(Object.keys(tourEn.steps)).toContain(key)
    }
  },
)

it('leaves out what a person may not open, and takes the widest of their offices', () => {
  const grids = forRole('grid_worker').map(({ key }) => key)
  expect(grids).toContain('raise')
  expect(grids).not.toContain('warnings')
  const both = tourFor(
    (role) => role === 'officer' || role === 'secretary',
    () => true,
  )
  expect(both.map(({ key }) => key)).toContain('meetings')
})
