import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { people } from '../../db/schema/people.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type PersonRow = typeof people.$inferSelect

/** Administrators open accounts but do not rewrite who somebody is. */
export const MAY_CHANGE: readonly Role[] = ['officer', 'secretary']

/** Somebody who has named no community yet is known to all staff, masked: they found the number or hold the record. */
export const maySee = (tree: RegionTree, actor: Actor, person: PersonRow): boolean =>
  person.id === actor.personId ||
  (person.regionCode === null
    ? actor.grants.some((grant) => PERMISSIONS['people.read'].roles.some((role) => role === grant.role))
    : holdsOver(tree, actor, PERMISSIONS['people.read'].roles, person.regionCode))

/** @throws AppError not_found */
export function assertVisible(
  tree: RegionTree,
  actor: Actor,
  person: PersonRow | undefined,
): asserts person is PersonRow {
  if (!person || !maySee(tree, actor, person)) throw new AppError('not_found')
}

/** @throws AppError forbidden */
export function assertMayRegister(tree: RegionTree, actor: Actor, regionCode: string): void {
  if (!holdsOver(tree, actor, PERMISSIONS['people.manage'].roles, regionCode)) throw new AppError('forbidden')
}

/** @returns the region the audit record is kept under */
export function assertMayReveal(tree: RegionTree, actor: Actor, person: PersonRow): string {
  const { regionCode } = person
  if (regionCode === null || !holdsOver(tree, actor, PERMISSIONS['people.reveal'].roles, regionCode)) {
    throw new AppError('forbidden')
  }
  return regionCode
}

/** Staff of the community correct anything; people themselves their name and their settings. */
export function assertMayChange(
  tree: RegionTree,
  actor: Actor,
  person: PersonRow,
  change: { phone?: unknown; regionCode?: string },
): void {
  const { regionCode } = person
  if (regionCode !== null && holdsOver(tree, actor, MAY_CHANGE, regionCode)) {
    if (change.regionCode === undefined || holdsOver(tree, actor, MAY_CHANGE, change.regionCode)) return
  }
  if (person.id === actor.personId && change.phone === undefined && change.regionCode === undefined) return
  throw new AppError('forbidden')
}
