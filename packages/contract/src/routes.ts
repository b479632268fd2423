import { categoryRoutes } from './features/categories.ts'
import { grantRoutes } from './features/grants.ts'
import { householdRoutes } from './features/households.ts'
import { importRoutes } from './features/imports.ts'
import { peopleRoutes } from './features/people.ts'
import { policyRoutes } from './features/policies.ts'
import { regionRoutes } from './features/regions.ts'
import { sessionRoutes } from './features/sessions.ts'
import { unitRoutes } from './features/units.ts'
import type { RouteContract } from './route.ts'

/** Every operation of the API, by feature. */
export const routes = {
  sessions: sessionRoutes,
  regions: regionRoutes,
  categories: categoryRoutes,
  people: peopleRoutes,
  households: householdRoutes,
  units: unitRoutes,
  grants: grantRoutes,
  policies: policyRoutes,
  imports: importRoutes,
}

export type Routes = typeof routes

export const allRoutes: readonly RouteContract[] = Object.values(routes).flatMap((feature) => Object.values(feature))
