import { PERMISSIONS } from '@tongxin/contract'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

const mayImport = (tree: RegionTree, actor: Actor, communityCode: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['issues.import'].roles, communityCode)

/** @throws AppError forbidden */
export function assertMayImport(tree: RegionTree, actor: Actor, communityCode: string): void {
  if (!mayImport(tree, actor, communityCode)) throw new AppError('forbidden')
}

/**
 * What was checked is written, or its file discarded, by whoever checked it.
 * @throws AppError forbidden
 */
export function assertChecker(actor: Actor, found: { requestedBy: string | null }): void {
  if (found.requestedBy !== personOf(actor)) throw new AppError('forbidden')
}

/**
 * An import elsewhere does not exist for this reader: its file names and reasons quote what people wrote.
 * @throws AppError not_found
 */
export function assertVisible<Row extends { communityCode: string }>(
  tree: RegionTree,
  actor: Actor,
  found: Row | undefined,
): asserts found is Row {
  if (!found || !mayImport(tree, actor, found.communityCode)) throw new AppError('not_found')
}
