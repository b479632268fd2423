import type { Category, IssueDetail } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { withCategory } from './by-category.ts'

const lamp = { code: '209022', defaultUrgency: 'urgent', defaultRoute: 'direct' } as Category
const parking = { code: '209010', defaultUrgency: 'hard', defaultRoute: 'council' } as Category
const matter = { urgency: 'ordinary', visibility: 'public' } as IssueDetail
const start = { urgency: 'ordinary', text: '说明' }

it('brings urgency and route with the category, and others with another', () => {
  const lit = withCategory(start, lamp, undefined, matter)
  expect(lit).toEqual({ urgency: 'urgent', route: 'direct', text: '说明' })
  expect(withCategory(lit, parking, lamp, matter)).toMatchObject({ urgency: 'hard', route: 'council' })
  expect(withCategory(lit, undefined, lamp, matter)).toMatchObject({ urgency: 'ordinary', route: undefined })
})

it('leaves what was chosen otherwise, what the raiser said cannot wait, and what is private out of the council', () => {
  const chosen = { ...withCategory(start, lamp, undefined, matter), urgency: 'emergency', route: 'council' }
  expect(withCategory(chosen, parking, lamp, matter)).toMatchObject({ urgency: 'emergency', route: 'council' })
  const pressing: IssueDetail = { ...matter, urgency: 'emergency' }
  expect(withCategory({ urgency: 'emergency' }, lamp, undefined, pressing).urgency).toBe('emergency')
  const hidden: IssueDetail = { ...matter, visibility: 'private' }
  expect(withCategory({ ...start, route: 'direct' }, parking, undefined, hidden).route).toBe('direct')
})
