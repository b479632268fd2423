import { PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** @throws AppError forbidden */
export const assertManages = (tree: RegionTree, actor: Actor, communityCode: string): void => {
  if (!holdsOver(tree, actor, PERMISSIONS['owners.manage'].roles, communityCode)) throw new AppError('forbidden')
}
