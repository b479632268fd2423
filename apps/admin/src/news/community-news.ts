import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useSession } from '../features/sessions/index.ts'

/** So long after they began, whoever hears the news has only just read what they tell of. */
const JUST_READ_MS = 2_000
interface Hearer {
  community: string
  heard: () => void
  /** On the page's own clock, in milliseconds. */
  began: number
  held?: ReturnType<typeof setTimeout>
}
const hearers = new Map<object, Hearer>()
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
 * reads once as they begin misses nothing. The first news of a page come while it is drawn, and are told once it stands.
 */
export function useCommunityNews(community: () => string, heard: () => void): void {
  const mine = {}
  watch(
    community,
    (now) => {
      clearTimeout(hearers.get(mine)?.held)
      hearers.set(mine, { community: now, heard, began: performance.now() })
      followed.value = now
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(hearers.get(mine)?.held)
    hearers.delete(mine)
    followed.value = [...hearers.values()].at(-1)?.community
  })
}

export const tellOfCommunity = (community: string | undefined): void => {
  for (const each of hearers.values()) {
    if (each.community !== community) continue
    const left = each.began + JUST_READ_MS - performance.now()
    if (left <= 0) each.heard()
    else
      each.held ??= setTimeout(() => {
        each.held = undefined
        each.heard()
      }, left)
  }
}
