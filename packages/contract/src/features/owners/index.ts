import { headProxyRoutes } from './proxies.ts'
import { rollRoutes } from './roll.ts'
import { ownersVoteRoutes } from './votes.ts'

export * from './proxies.ts'
export * from './roll.ts'
export * from './votes.ts'

export const ownersRoutes = { ...rollRoutes, ...ownersVoteRoutes, ...headProxyRoutes }
