import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { unitsOf } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'

export interface StreetScope {
  communities: string[]
  /** Only what these units were called to; null for all. */
  units: string[] | null
  /** The raisers' own words are not for this reader. */
  masked: boolean
}

const OFFICE: readonly Role[] = ['officer', 'secretary']

const holdsOver = (actor: Actor, tree: RegionTree, region: string, roles: readonly Role[]): boolean =>
  actor.grants.some(({ role, regionCode }) => roles.includes(role) && tree.covers(regionCode, region))

/** @throws AppError not_found for a region there is not */
const communitiesIn = (tree: RegionTree, region: string): string[] => {
  const level = tree.get(region)?.level
  if (level !== 'district' && level !== 'street' && level !== 'community') throw new AppError('not_found')
  return tree.tenantsUnder(region)
}

/**
 * The community's office reads its own, supervisors those below them without personal data.
 * @throws AppError not_found for a region there is not; forbidden
 */
export const supervisionScope = (tree: RegionTree, actor: Actor, region: string): StreetScope => {
  const communities = communitiesIn(tree, region)
  if (holdsOver(actor, tree, region, OFFICE)) return { communities, units: null, masked: false }
  if (holdsOver(actor, tree, region, ['supervisor'])) return { communities, units: null, masked: true }
  throw new AppError('forbidden')
}

/** As for supervisions, and a handler reads what their units were called to, wherever that is. */
export const whistleScope = (tree: RegionTree, actor: Actor, region: string): StreetScope => {
  const units = unitsOf(actor)
  if (units.length === 0 || holdsOver(actor, tree, region, [...OFFICE, 'supervisor']))
    return supervisionScope(tree, actor, region)
  return { communities: communitiesIn(tree, region), units, masked: true }
}
