import type { IssueItem } from '@tongxin/contract'
import type { Page } from '@tongxin/web'

/** How many matters came into a list, and how many went from it, since it was read. */
export interface Since {
  added: number
  gone: number
}

/**
 * What is shown beside the same list read once more, from its beginning and as far as one page reaches: the lines as they stand by now,
 * each in its place, and what came and went. What lies behind the last line that both have is of a further page, and says nothing.
 */
export function sinceRead(shown: Page<IssueItem>, now: Page<IssueItem>): Since & { items: IssueItem[] } {
  const read = new Map(now.items.map((item) => [item.id, item]))
  const known = new Set(shown.items.map(({ id }) => id))
  const lastOf = (page: Page<IssueItem>, other: { has(id: string): boolean }, otherIsWhole: boolean) =>
    otherIsWhole ? page.items.length - 1 : page.items.findLastIndex(({ id }) => other.has(id))
  const until = lastOf(shown, read, now.nextCursor === null)
  const reach = lastOf(now, known, shown.nextCursor === null)
  return {
    items: shown.items.map((item) => read.get(item.id) ?? item),
    gone: shown.items.filter(({ id }, at) => at <= until && !read.has(id)).length,
    added: now.items.filter(({ id }, at) => at <= reach && !known.has(id)).length,
  }
}
