import { routes } from '@tongxin/client'
import type { CouncilStep, WorkbenchItem, WorkbenchList } from '@tongxin/contract'
import { REMINDERS } from '@tongxin/lifecycle'
import { type Pages, useLoading, usePages } from '@tongxin/web'
import { watch } from 'vue'
import { api } from '../../api.ts'
import { sayUnread } from '../../loading/unread.ts'
import { useCommunityNews } from '../../news/community-news.ts'
import { lastSeen } from '../../offline/last-seen.ts'
import { useOutbox } from '../../outbox/outbox-store.ts'
import { useActionOverList } from '../issues/index.ts'
import { useSession } from '../sessions/index.ts'
import { useErrands } from './use-errands.ts'
import { useProposals } from './use-proposals.ts'

const PAGE = 20
/** The longest page the API gives. */
const MOST = 100
const PROPOSALS_MS = 60_000

const NOTHING = { items: [], nextCursor: null }

const useWaiting = (community: string, list: WorkbenchList): Pages<WorkbenchItem> => {
  const session = useSession()
  const read = async (limit: number, cursor?: string) => {
    // Of an office without matters of its own.
    if (!session.may('workbench.read')) return NOTHING
    const ask = (after?: string) =>
      api.call(routes.workbench.listWorkbench, { query: { community, list, limit, cursor: after } })
    let page = await ask(cursor)
    // So many that belong on another list that one answer did not get past them.
    while (page.items.length === 0 && page.nextCursor !== null) page = await ask(page.nextCursor)
    return page
  }
  const pages: Pages<WorkbenchItem> = usePages<WorkbenchItem>((cursor) => {
    if (cursor !== undefined) return read(PAGE, cursor)
    // Read anew, it is as long as it was shown.
    const shown = pages.data.value?.items.length ?? 0
    return lastSeen(`workbench ${community} ${list}`, () => read(Math.min(MOST, Math.max(PAGE, shown))))
  })
  return pages
}

/**
 * What waits for who is signed in, matters, meetings of the council and what others proposed, what ran out at others and is theirs to decide
 * on, and what they wait for: read anew whenever something happens in the community. Proposals are no news of it, and are read along.
 */
export function useWorkbench(community: string) {
  const session = useSession()
  const mine = useWaiting(community, 'mine')
  const warnings = useWaiting(community, 'warnings')
  const others = useWaiting(community, 'others')
  const council = sayUnread(
    useLoading<{ items: CouncilStep[] }>(async () =>
      session.may('workbench.read') ? api.call(routes.workbench.listCouncilSteps, { query: { community } }) : NOTHING,
    ),
  )
  const proposals = sayUnread(useProposals(community))
  const over = useActionOverList()
  /** Nobody else is told of what ran out elsewhere. */
  const isWarned = REMINDERS.some(({ to, decides }) => decides.length > 0 && session.holds(to))
  const lists = isWarned ? [mine, warnings, others] : [mine, others]
  let proposalsReadAt = performance.now()
  const refresh = async () => {
    const areOld = performance.now() - proposalsReadAt > PROPOSALS_MS
    if (areOld) proposalsReadAt = performance.now()
    await Promise.all([...lists, council, ...(areOld ? [proposals] : [])].map((each) => each.refresh()))
  }

  useCommunityNews(
    () => community,
    () => void refresh(),
  )
  const outbox = useOutbox()
  watch([over.changed, () => outbox.sent.length], refresh)
  for (const each of [...lists, council, proposals]) void each.reload()
  return {
    mine,
    warnings: isWarned ? warnings : undefined,
    others,
    council,
    proposals,
    over,
    ...useErrands(council, proposals),
  }
}
