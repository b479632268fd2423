import { PERMISSIONS, type RegionLevel } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver } from './coverage.ts'
import type { RegionTree } from './region-tree.ts'

export const LEVEL_BY_LENGTH: Record<number, RegionLevel> = { 6: 'district', 9: 'street', 12: 'community', 15: 'grid' }

export const levelOf = (code: string): RegionLevel => LEVEL_BY_LENGTH[code.length] ?? 'building'

const PARENT_LEVEL: Record<RegionLevel, RegionLevel | null> = {
  district: null,
  street: 'district',
  community: 'street',
  grid: 'community',
  building: 'grid',
}

/** Regions are public, so that an administrator of elsewhere is told 403, not 404. */
export function assertMayManage(tree: RegionTree, actor: Actor, code: string): void {
  if (!holdsOver(tree, actor, PERMISSIONS['regions.manage'].roles, code)) throw new AppError('forbidden')
}

const unfit = (message: string) =>
  new AppError('unprocessable', {
    reason: 'region_parent_unfit',
    detail: message,
    errors: [{ path: 'body.parentCode', message }],
  })

/** @throws AppError region_parent_unfit */
export function assertParentFits(tree: RegionTree, code: string, parentCode: string): void {
  const level = levelOf(code)
  const parent = tree.get(parentCode)
  if (!parent || parent.level !== PARENT_LEVEL[level]) throw unfit('上级区域不存在或级别不符')
  const known = tree.get(code)
  if (!known) {
    if (!code.startsWith(parentCode)) throw unfit('新区域的代码须以上级代码开头')
  } else if ((level === 'grid' || level === 'building') && tree.communityOf(code) !== tree.communityOf(parentCode)) {
    // The records of a place carry its community: moving it would leave them behind.
    throw unfit('网格、楼栋不能划到另一个社区；请撤销后在新社区另建')
  }
}
