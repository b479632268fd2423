import { rollRoutes } from './roll.ts'
import { ownersVoteRoutes } from './votes.ts'

export * from './roll.ts'
export * from './votes.ts'

export const ownersRoutes = { ...rollRoutes, ...ownersVoteRoutes }
