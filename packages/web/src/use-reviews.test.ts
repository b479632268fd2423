import { ApiProblem } from '@tongxin/client'
import type { IssueDetail } from '@tongxin/contract'
import type { PersonalKind, Removal } from '@tongxin/lifecycle'
import { expect, it } from 'vitest'
import { ref } from 'vue'
import type { Values } from './form-fields.ts'
import { useReviews } from './use-reviews.ts'

const place = (start: number, end: number, kind: PersonalKind, replacement: string): Removal => ({
  start,
  end,
  kind,
  replacement,
})
const refusal = (path: string, text: string, removals: Removal[]) =>
  new ApiProblem({
    status: 422,
    code: 'unprocessable',
    title: '',
    detail: '',
    reason: 'personal_data',
    errors: [{ path: `body.${path}`, message: '', proposal: { text, removals } }],
  })
const issue = {
  title: '灯不亮',
  proposedTitle: { text: '灯不亮', removals: [] },
  body: '张三住501',
  proposedText: { text: '某某住〔门牌〕', removals: [place(0, 2, 'name', '某某'), place(3, 6, 'door', '〔门牌〕')] },
} as unknown as IssueDetail

const form = () => {
  const values = ref<Values>({ publicTitle: '灯不亮', publicText: '某某住〔门牌〕' })
  const reviews = useReviews(values)
  reviews.start(issue)
  return { values, reviews, sent: () => reviews.approvals(values.value).reviews }
}

it('starts from the raiser’s own words with every place taken out', () => {
  const { reviews, sent } = form()
  expect(reviews.under('publicTitle')).toEqual([])
  expect(sent()).toEqual({ publicText: { removed: { name: 1, door: 1 }, kept: {} } })
})

it('lets a place stand and takes another out, and says so with what is sent', () => {
  const { values, reviews, sent } = form()
  reviews.toggle('publicText', 0)
  expect(values.value.publicText).toBe('张三住〔门牌〕')
  expect(sent()?.publicText).toEqual({ removed: { door: 1 }, kept: { name: 1 } })
  reviews.takeOut('publicText', 2, 4)
  expect(values.value.publicText).toBe('张三〔已隐去〕')
  expect(sent()?.publicText).toEqual({ removed: { other: 1 }, kept: { name: 1 } })
})

it('marks what the server found in any text as it was sent, and remembers what was taken out before', () => {
  const { values, reviews, sent } = form()
  values.value.publicText = ' 某某住〔门牌〕，王五 '
  reviews.take(refusal('publicText', '某某住〔门牌〕，某某', [place(8, 10, 'name', '某某')]))
  expect(values.value.publicText).toBe('某某住〔门牌〕，某某')
  expect(sent()?.publicText).toEqual({ removed: { name: 2, door: 1 }, kept: {} })

  values.value.coUnits = [{ unitId: 'a' }, { unitId: 'b', task: '找张三' }]
  reviews.take(refusal('coUnits.1.task', '找某某', [place(1, 3, 'name', '某某')]))
  expect(values.value.coUnits).toEqual([{ unitId: 'a' }, { unitId: 'b', task: '找某某' }])
  expect(reviews.under('coUnits' as never).map(([path]) => path)).toEqual(['coUnits.1.task'])
})

it('goes back to what is marked after typing', () => {
  const { values, reviews } = form()
  values.value.publicText = '别的'
  reviews.again('publicText')
  expect(values.value.publicText).toBe('某某住〔门牌〕')
})
