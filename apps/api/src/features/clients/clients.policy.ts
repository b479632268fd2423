import { type ClientView, LONGEST_CLIENT_YEARS, PERMISSIONS, type Permission } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'
import { type ClientRow, statusOf } from './clients.queries.ts'

const may = (tree: RegionTree, actor: Actor, permission: Permission, regionCode: string): boolean => {
  const { roles } = PERMISSIONS[permission]
  return Array.isArray(roles) && holdsOver(tree, actor, roles, regionCode)
}

const YEAR_MS = 366 * 86_400_000

const unprocessable = (reason: string, path: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

/** @throws AppError forbidden, unprocessable */
export function assertMayRegister(
  tree: RegionTree,
  actor: Actor,
  { regionCode, expiresAt }: { regionCode: string; expiresAt: string },
  now: Date,
): void {
  if (!may(tree, actor, 'clients.manage', regionCode)) throw new AppError('forbidden')
  const level = tree.get(regionCode)?.level
  if (level === 'grid' || level === 'building')
    throw unprocessable('client_region_unfit', 'regionCode', '区域须为社区、街道或区县')
  const left = Date.parse(expiresAt) - now.getTime()
  if (left <= 0 || left > LONGEST_CLIENT_YEARS * YEAR_MS)
    throw unprocessable('client_expiry_unfit', 'expiresAt', `到期时间须晚于现在，至多 ${LONGEST_CLIENT_YEARS} 年`)
}

/** @throws AppError not_found */
export function assertVisible(
  tree: RegionTree,
  actor: Actor,
  client: ClientRow | undefined,
): asserts client is ClientRow {
  if (!client || !may(tree, actor, 'clients.read', client.regionCode)) throw new AppError('not_found')
}

/** What the reader may do with it as it stands: the writes obey the same. The second approver is never who asked. */
export function mayWith(tree: RegionTree, actor: Actor, client: ClientRow, now: Date): ClientView['may'] {
  const status = statusOf(client, now)
  const asked = client.requestedBy === actor.personId
  const approves = may(tree, actor, 'clients.approve', client.regionCode)
  const manages = may(tree, actor, 'clients.manage', client.regionCode)
  return {
    approve: status === 'requested' && approves && !asked,
    refuse: status === 'requested' && (approves || asked),
    revoke: status === 'active' && manages,
    issueKey: status === 'active' && manages,
  }
}

/** @throws AppError forbidden */
export function assertMayApprove(tree: RegionTree, actor: Actor, client: ClientRow): void {
  if (client.requestedBy === actor.personId)
    throw new AppError('forbidden', { reason: 'cannot_approve_own_request', detail: '不能批准自己登记的系统' })
  if (!may(tree, actor, 'clients.approve', client.regionCode)) throw new AppError('forbidden')
}

/** Whoever asked may take it back. @throws AppError forbidden */
export function assertMayRefuse(tree: RegionTree, actor: Actor, client: ClientRow): void {
  if (client.requestedBy === actor.personId) return
  if (!may(tree, actor, 'clients.approve', client.regionCode)) throw new AppError('forbidden')
}

/** @throws AppError forbidden */
export function assertMayManage(tree: RegionTree, actor: Actor, client: ClientRow): void {
  if (!may(tree, actor, 'clients.manage', client.regionCode)) throw new AppError('forbidden')
}
