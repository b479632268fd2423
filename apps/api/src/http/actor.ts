import type { Role } from '@tongxin/lifecycle'
import type { Client } from './client-access.ts'

export interface ActorGrant {
  role: Role
  /** The grant covers this region and everything under it. */
  regionCode: string
  unitId: string | null
}

/** Who is asking: a person with the grants in force now, or nobody signed in. */
export interface Actor {
  personId: string | null
  sessionId: string | null
  accountLevel: 'guest' | 'phone' | 'resident' | 'owner'
  grants: readonly ActorGrant[]
  /** Roles held anywhere, `resident` included from that level on; null when not signed in. */
  roles: ReadonlySet<Role> | null
  /** Ids of records of the same person that were merged into this one: what stands under them is their own. */
  formerly?: readonly string[]
  /** The third-party system that asks; `personId` is then whom its acts stand under. */
  client?: Client
}

export const NOBODY: Actor = Object.freeze({
  personId: null,
  sessionId: null,
  accountLevel: 'guest',
  grants: [],
  roles: null,
})

export function makeActor(person: {
  personId: string
  sessionId: string | null
  accountLevel: Actor['accountLevel']
  grants: readonly ActorGrant[]
  formerly?: readonly string[]
}): Actor {
  const roles = new Set<Role>(person.grants.map((grant) => grant.role))
  if (person.accountLevel === 'resident' || person.accountLevel === 'owner') roles.add('resident')
  return Object.freeze({ ...person, roles })
}

/** A signed-in person's id; only for handlers whose permission asks for a sign-in. */
export function personOf(actor: Actor): string {
  if (!actor.personId) throw new Error('The route admits people who are not signed in')
  return actor.personId
}

/** Whether what stands under this id in a record is the actor's own. */
export const isSelf = ({ personId, formerly }: Pick<Actor, 'personId' | 'formerly'>, id: unknown): boolean =>
  id !== null && id !== undefined && (id === personId || (formerly?.some((former) => former === id) ?? false))
