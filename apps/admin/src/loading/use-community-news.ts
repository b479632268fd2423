import { routes } from '@tongxin/client'
import { useFollowed } from '@tongxin/web'
import { api } from '../api.ts'

/**
 * Calls `heard` whenever something happens to a matter of the community, and once as the line is opened, so that nothing is missed while
 * it was broken.
 * @param may whether who is signed in may follow it
 */
export function useCommunityNews(community: () => string, may: () => boolean, heard: () => void): void {
  useFollowed(
    () => may() && community(),
    (signal) =>
      api.follow(routes.workbench.followWorkbench, 'workbench', heard, signal, { query: { community: community() } }),
  )
}
