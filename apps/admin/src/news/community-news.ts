import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useSession } from '../features/sessions/index.ts'

const hearers = new Map<object, { community: string; heard: () => void }>()
const followed = shallowRef<string>()

/** The community whose news come in: the one a page asked for last, else the one that is chosen. */
export function useFollowedCommunity() {
  const session = useSession()
  return computed(() =>
    session.may('workbench.read') ? (followed.value ?? session.community ?? undefined) : undefined,
  )
}

/**
 * Calls `heard` whenever something happens to a matter of the community, and when the line stands again after it was broken: whoever
 * reads once as they begin misses nothing.
 */
export function useCommunityNews(community: () => string, heard: () => void): void {
  const mine = {}
  watch(
    community,
    (now) => {
      hearers.set(mine, { community: now, heard })
      followed.value = now
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    hearers.delete(mine)
    followed.value = [...hearers.values()].at(-1)?.community
  })
}

export const tellOfCommunity = (community: string | undefined): void => {
  for (const each of hearers.values()) if (each.community === community) each.heard()
}
