import { ApiProblem } from '@tongxin/client'
import { beforeEach, expect, it } from 'vitest'
import { doubted, reviewed } from './review.ts'

const problem = (reason: string) =>
  new ApiProblem({
    title: 'Unprocessable',
    status: 422,
    code: 'unprocessable',
    detail: '…',
    reason,
    errors: [{ path: 'body.text', message: '…' }],
  })

/** A server that doubts what nobody has reviewed. */
let sent: boolean[]
const send = async (isReviewed: boolean): Promise<string> => {
  sent.push(isReviewed)
  if (!isReviewed) throw problem('personal_data')
  return 'kept'
}
const asked = async () => {
  while (doubted.value === null) await Promise.resolve()
  return doubted.value
}
beforeEach(() => {
  sent = []
})

it('sends what nothing is wrong with once, and asks nothing', async () => {
  expect(await reviewed(async (isReviewed) => isReviewed)).toBe(false)
  expect(doubted.value).toBeNull()
})

it('sends once more what somebody stands by', async () => {
  const kept = reviewed(send)
  const { proposals, settle } = await asked()
  expect(proposals).toEqual(['…'])
  settle(true)
  expect([await kept, sent, doubted.value]).toEqual(['kept', [false, true], null])
})

it('sends nothing more when they would rather rewrite it, and tells why it was refused', async () => {
  const kept = reviewed(send)
  const refused = expect(kept).rejects.toMatchObject({ reason: 'personal_data' })
  ;(await asked()).settle(false)
  await refused
  expect([sent, doubted.value]).toEqual([[false], null])
})

it('asks nothing about what was refused for another reason', async () => {
  const kept = reviewed(() => Promise.reject(problem('motion_open')))
  await expect(kept).rejects.toMatchObject({ reason: 'motion_open' })
  expect(doubted.value).toBeNull()
})
