import { routes } from '@tongxin/client'
import type { WorkbenchItem } from '@tongxin/contract'
import { type Pages, usePages } from '@tongxin/web'
import { watch } from 'vue'
import { api } from '../../api.ts'
import { useCommunityNews } from '../../news/community-news.ts'
import { useActionOverList } from '../issues/index.ts'

const PAGE = 20
/** The longest page the API gives. */
const MOST = 100

const useWaiting = (community: string, list: 'mine' | 'others'): Pages<WorkbenchItem> => {
  const pages: Pages<WorkbenchItem> = usePages<WorkbenchItem>((cursor) => {
    // Read anew, it is as long as it was shown.
    const shown = pages.data.value?.items.length ?? 0
    const limit = cursor === undefined ? Math.min(MOST, Math.max(PAGE, shown)) : PAGE
    return api.call(routes.workbench.listWorkbench, { query: { community, list, limit, cursor } })
  })
  return pages
}

/** What waits for who is signed in, and what they wait for: read anew whenever something happens in the community. */
export function useWorkbench(community: string) {
  const mine = useWaiting(community, 'mine')
  const others = useWaiting(community, 'others')
  const over = useActionOverList()
  const refresh = () => Promise.all([mine.refresh(), others.refresh()])

  useCommunityNews(
    () => community,
    () => void refresh(),
  )
  watch(over.changed, refresh)
  void mine.reload()
  void others.reload()
  return { mine, others, over }
}
