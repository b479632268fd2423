import { ApiProblem } from '@tongxin/client'
import { expect, it } from 'vitest'
import { useLoading } from './use-loading.ts'

const problem = (status: number) => new ApiProblem({ status, code: 'x' as never, title: 'x', detail: 'x' })

/** Something to read whose answers are given by hand, in any order. */
const byHand = () => {
  const asked: { give: (answer: string) => void; fail: (status: number) => void }[] = []
  const load = () =>
    new Promise<string>((give, refuse) => asked.push({ give, fail: (status) => refuse(problem(status)) }))
  return { asked, of: useLoading(load) }
}
const shown = async () => {
  const { asked, of } = byHand()
  const first = of.reload()
  asked[0]?.give('first')
  await first
  return { asked, of }
}

it('reads once at a time in the background, and once more for all who asked meanwhile', async () => {
  const { asked, of } = await shown()
  const all = [of.refresh(), of.refresh(), of.refresh()]
  expect(asked).toHaveLength(2)
  // However slow: the answer is shown although more was asked for since.
  asked[1]?.give('second')
  await all[0]
  expect(of.data.value).toBe('second')
  await expect.poll(() => asked.length).toBe(3)
  asked[2]?.give('third')
  await Promise.all(all)
  expect([of.data.value, asked.length]).toEqual(['third', 3])
})

it('keeps what is shown when nobody answers in the background, and says so', async () => {
  const { asked, of } = await shown()
  const failing = of.refresh()
  asked[1]?.fail(503)
  await failing
  expect([of.state.value, of.data.value, of.stale.value]).toEqual(['ready', 'first', true])
  const better = of.refresh()
  asked[2]?.give('second')
  await better
  expect([of.data.value, of.stale.value]).toEqual(['second', false])
})

it('shows that there is nothing to see any more', async () => {
  const { asked, of } = await shown()
  const gone = of.refresh()
  asked[1]?.fail(404)
  await gone
  expect([of.state.value, of.stale.value]).toEqual(['missing', false])
})

it('shows the failure of what was asked for by hand', async () => {
  const { asked, of } = await shown()
  const failing = of.reload()
  asked[1]?.fail(503)
  await failing
  expect(of.state.value).toBe('failed')
})

it('takes an address that can name nothing for one that names nothing', async () => {
  const at = (path: string) =>
    new ApiProblem({ status: 400, code: 'x' as never, title: 'x', detail: 'x', errors: [{ path, message: 'x' }] })
  const of = useLoading(() => Promise.reject(at('params.id')))
  await of.reload()
  expect(of.state.value).toBe('missing')
  const other = useLoading(() => Promise.reject(at('query.limit')))
  await other.reload()
  expect(other.state.value).toBe('failed')
})
