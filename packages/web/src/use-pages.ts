import { type Ref, ref } from 'vue'
import { type Loading, useLoading } from './use-loading.ts'
import { useProblemText } from './use-problem-text.ts'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

export interface Pages<Item> extends Loading<Page<Item>> {
  /** The next page is on its way. */
  loadingMore: Ref<boolean>
  /** Why the next page did not come, in words; empty when it did. */
  moreFailure: Ref<string>
  /** Adds the next page to what is shown; dropped when the list was read anew meanwhile. */
  loadMore: () => Promise<void>
}

/** A list that is read page by page: the first as `useLoading` does, the others added to it. */
export function usePages<Item>(page: (cursor?: string) => Promise<Page<Item>>): Pages<Item> {
  const problemText = useProblemText()
  const loadingMore = ref(false)
  const moreFailure = ref('')
  const list = useLoading(() => {
    moreFailure.value = ''
    return page()
  })

  async function loadMore() {
    const before = list.data.value
    if (!before?.nextCursor || loadingMore.value) return
    loadingMore.value = true
    moreFailure.value = ''
    try {
      const next = await page(before.nextCursor)
      if (list.data.value === before)
        list.data.value = { items: [...before.items, ...next.items], nextCursor: next.nextCursor }
    } catch (error) {
      moreFailure.value = problemText(error)
    } finally {
      loadingMore.value = false
    }
  }
  return { ...list, loadingMore, moreFailure, loadMore }
}
