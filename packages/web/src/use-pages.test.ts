import { ApiProblem } from '@tongxin/client'
import { expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createI18n } from 'vue-i18n'
import { type Page, type Pages, usePages } from './use-pages.ts'

/** A list whose pages are given by hand, in any order, after its first. */
const shown = async () => {
  const asked: { cursor: string | undefined; give: (page: Page<number>) => void; fail: (error: unknown) => void }[] = []
  const page = (cursor?: string) => new Promise<Page<number>>((give, fail) => asked.push({ cursor, give, fail }))
  const made: Pages<number>[] = []
  const app = createSSRApp({
    setup: () => {
      made.push(usePages(page))
      return () => null
    },
  })
  await renderToString(app.use(createI18n({ legacy: false, locale: 'zh', messages: { zh: {} } })))
  const [list] = made as [Pages<number>]
  const first = list.reload()
  asked[0]?.give({ items: [1, 2], nextCursor: 'b' })
  await first
  return { asked, list }
}

it('adds the next page to what is shown, once however often it is asked for', async () => {
  const { asked, list } = await shown()
  const more = [list.loadMore(), list.loadMore()]
  expect([asked.length, asked[1]?.cursor, list.loadingMore.value]).toEqual([2, 'b', true])
  asked[1]?.give({ items: [3], nextCursor: null })
  await Promise.all(more)
  expect(list.data.value).toEqual({ items: [1, 2, 3], nextCursor: null })
  await list.loadMore()
  expect([asked.length, list.loadingMore.value]).toEqual([2, false])
})

it('drops a page that comes after the list was read anew', async () => {
  const { asked, list } = await shown()
  const more = list.loadMore()
  const again = list.reload()
  asked[2]?.give({ items: [7], nextCursor: null })
  await again
  asked[1]?.give({ items: [3], nextCursor: null })
  await more
  expect(list.data.value).toEqual({ items: [7], nextCursor: null })
})

it('says why a page did not come, keeps what is shown, and tries again', async () => {
  const { asked, list } = await shown()
  const failing = list.loadMore()
  asked[1]?.fail(new ApiProblem({ status: 503, code: 'x' as never, title: 'x', detail: '稍后再试' }))
  await failing
  expect([list.moreFailure.value, list.data.value?.items]).toEqual(['稍后再试', [1, 2]])
  const again = list.loadMore()
  expect(list.moreFailure.value).toBe('')
  asked[2]?.give({ items: [3], nextCursor: null })
  await again
  expect(list.data.value?.items).toEqual([1, 2, 3])
})
