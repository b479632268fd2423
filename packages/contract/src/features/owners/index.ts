import { rollRoutes } from './roll.ts'

export * from './roll.ts'

export const ownersRoutes = { ...rollRoutes }
