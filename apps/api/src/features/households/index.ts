import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { serveBindings } from './bindings.routes.ts'
import { serveHouseholds as serveHomes } from './households.routes.ts'

export { addHousehold } from './add-household.ts'
export { bindMember } from './bind-member.ts'
export { doorHash, openDoor, sealDoor } from './door.ts'
export { inDoorOrder, placeOf, readPlace } from './door-order.ts'
export { moveMemberships } from './move-memberships.ts'
export { addShares, type Fraction, sharesOf } from './shares.ts'

export function serveHouseholds(app: FastifyInstance, deps: Deps): void {
  serveHomes(app, deps)
  serveBindings(app, deps)
}
