import { routes } from '@tongxin/client'
import type { Permission } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { api } from '../../api.ts'
import type { IconName } from '../../appearance/icons.ts'
import { useSession } from '../sessions/index.ts'

/** The longest page the API gives. */
const MOST = 100

/** What one proposes and another approves: where it stands, and what of it waits. */
const KINDS = {
  grants: {
    permission: 'grants.read',
    icon: 'grants',
    list: (region: string) =>
      api.call(routes.grants.listGrants, { query: { region, status: 'requested', limit: MOST } }),
  },
  clients: {
    permission: 'clients.read',
    icon: 'link',
    list: (region: string) =>
      api.call(routes.clients.listClients, { query: { region, status: 'requested', limit: MOST } }),
  },
} satisfies Record<string, { permission: Permission; icon: IconName; list: unknown }>

export interface Proposals {
  kind: keyof typeof KINDS
  icon: IconName
  /** Counts: `100+` where there are more than one page holds, '' where there are none. */
  mine: string
  others: string
}

/** What was proposed in a community: `mine` to approve by the reader, `others` the reader's own that somebody else is to approve. */
export function useProposals(community: string) {
  const session = useSession()
  const kinds = Object.entries(KINDS).filter(([, { permission }]) => session.may(permission)) as [
    Proposals['kind'],
    (typeof KINDS)[Proposals['kind']],
  ][]
  return useLoading<Proposals[]>(async () => {
    const lists = await Promise.all(kinds.map(([, { list }]) => list(community)))
    return kinds.map(([kind, { icon }], at) => {
      const { items = [], nextCursor = null } = lists[at] ?? {}
      const counted = (which: readonly unknown[]) => (which.length > 0 ? `${which.length}${nextCursor ? '+' : ''}` : '')
      return {
        kind,
        icon,
        mine: counted(items.filter(({ may }) => may.approve)),
        others: counted(items.filter(({ requested }) => requested.by === session.me?.personId)),
      }
    })
  })
}
