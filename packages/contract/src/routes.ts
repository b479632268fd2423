import { sessionRoutes } from './features/sessions.ts'
import type { RouteContract } from './route.ts'

/** Every operation of the API, by feature. */
export const routes = {
  sessions: sessionRoutes,
}

export type Routes = typeof routes

export const allRoutes: readonly RouteContract[] = Object.values(routes).flatMap((feature) => Object.values(feature))
