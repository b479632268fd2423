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
    permission: 'grants.approve',
    icon: 'grants',
    list: (region: string) =>
      api.call(routes.grants.listGrants, { query: { region, status: 'requested', limit: MOST } }),
  },
  clients: {
    permission: 'clients.approve',
    icon: 'link',
    list: (region: string) =>
      api.call(routes.clients.listClients, { query: { region, status: 'requested', limit: MOST } }),
  },
} satisfies Record<string, { permission: Permission; icon: IconName; list: unknown }>

export interface Approval {
  kind: keyof typeof KINDS
  icon: IconName
  /** Of those that the reader may approve: `100+` where there are more than one page holds. */
  count: string
}

/** What others have proposed in a community and the reader is to approve; what they proposed themselves is not theirs to approve. */
export function useApprovals(community: string) {
  const session = useSession()
  const kinds = Object.entries(KINDS).filter(([, { permission }]) => session.may(permission)) as [
    Approval['kind'],
    (typeof KINDS)[Approval['kind']],
  ][]
  return useLoading<Approval[]>(async () => {
    const lists = await Promise.all(kinds.map(([, { list }]) => list(community)))
    return kinds.flatMap(([kind, { icon }], at) => {
      const { items = [], nextCursor = null } = lists[at] ?? {}
      const count = items.filter(({ may }) => may.approve).length
      return count > 0 ? [{ kind, icon, count: `${count}${nextCursor ? '+' : ''}` }] : []
    })
  })
}
