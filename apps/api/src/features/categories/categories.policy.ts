import { PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** Categories are the same everywhere, so that only who administers every district may change them. */
export function assertMayManage(tree: RegionTree, actor: Actor): void {
  const roles = PERMISSIONS['categories.manage'].roles
  if (!tree.roots().every((root) => holdsOver(tree, actor, roles, root))) throw new AppError('forbidden')
}
