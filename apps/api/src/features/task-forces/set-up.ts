import { type Body, splitPublicId, type taskForceRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { RegionTree } from '../regions/index.ts'
import { lockFor } from './lock-for.ts'
import { recordForceEvent } from './record-force-event.ts'
import { standingAt } from './task-forces.policy.ts'
import {
  attachIssues,
  detachIssues,
  type ForceKey,
  findAttachable,
  insertForce,
  joinMembers,
  listCandidates,
  listMatterIds,
  releaseIssues,
  removeMembers,
  saveForce,
} from './task-forces.queries.ts'

interface Member {
  personId: string
  unitId: string | null
}

const unfit = (reason: string, path: string, message: string): AppError =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

/** Where its own staff, and the units that serve it, are at home. */
export const placesOf = (tree: RegionTree, communityCode: string): { own: string[]; serving: string[] } => {
  const own = tree.subtree(communityCode)
  return { own, serving: [...tree.upwards(communityCode)].map(({ code }) => code).concat(own) }
}

const isSame = (a: Member) => (b: Member) => a.personId === b.personId && a.unitId === b.unitId

/** @throws AppError unprocessable, naming what does not fit */
const assertMembersFit = async (
  tx: Tx,
  deps: Deps,
  communityCode: string,
  { members, leaderId, joined }: { members: readonly Member[]; leaderId: string; joined: readonly Member[] },
): Promise<void> => {
  if (new Set(members.map(({ personId }) => personId)).size < members.length)
    throw unfit('member_repeated', 'members', '同一人只能代表一个单位')
  if (!members.some(({ personId }) => personId === leaderId))
    throw unfit('leader_not_member', 'leaderId', '组长须在成员之中')
  if (new Set(members.map(({ unitId }) => unitId)).size < 2)
    throw unfit('one_unit_only', 'members', '成员须来自至少两个单位（社区算一个）')
  const personIds = joined.map(({ personId }) => personId)
  const places = placesOf(await deps.directory.regions.tree(), communityCode)
  const fit = await listCandidates(tx, places, deps.clock.now(), personIds)
  if (joined.some((member) => !fit.some(isSame(member))))
    throw unfit('member_unfit', 'members', '成员须是本社区工作人员，或服务于本社区的单位的经办人')
}

/** Ids of the matters as they are here. @throws AppError unprocessable when one is unknown here, at its end or somebody else's */
const assertMattersFit = async (tx: Tx, key: ForceKey, publicIds: readonly string[]): Promise<string[]> => {
  const ids = [...new Set(publicIds)].map(splitPublicId)
  const found =
    ids.length === 0
      ? []
      : await findAttachable(
          tx,
          key,
          ids.map(({ id }) => id),
        )
  if (ids.some(({ communityCode }) => communityCode !== key.communityCode) || found.length < ids.length)
    throw unfit('matter_unfit', 'issueIds', '只能交办本社区尚未办结的事项')
  if (found.some(({ ownedElsewhere }) => ownedElsewhere))
    throw unfit('matter_owned', 'issueIds', '有事项已由另一个专班负责')
  return ids.map(({ id }) => id)
}

/** @throws AppError forbidden elsewhere; unprocessable for unfit members and matters */
export const createTaskForce = async (
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: Body<typeof taskForceRoutes.createTaskForce>,
): Promise<ForceKey> => {
  const { community: communityCode, name, purpose, leaderId, members, issueIds } = body
  const tree = await deps.directory.regions.tree()
  if (tree.get(communityCode)?.level !== 'community' || !standingAt(actor, tree, communityCode).manages)
    throw new AppError('forbidden')
  const at = deps.clock.now()
  const by = personOf(actor)
  const key = { communityCode, id: newId(at) }
  await assertMembersFit(tx, deps, communityCode, { members, leaderId, joined: members })
  const attached = await assertMattersFit(tx, key, issueIds)
  await insertForce(tx, { ...key, name, purpose, leaderId, createdAt: at.toISOString(), createdBy: by })
  await joinMembers(tx, key, members, at)
  if (attached.length > 0) await attachIssues(tx, key, attached, at)
  const personal = { by, name, purpose, leaderId, joined: members }
  await recordForceEvent(tx, deps, key, 'create', { at, record: { attached }, personal })
  return key
}

/** @throws AppError not_found, forbidden, stale_version; unprocessable for unfit members and matters */
export const changeTaskForce = async (
  tx: Tx,
  deps: Deps,
  key: ForceKey,
  actor: Actor,
  version: number,
  change: Body<typeof taskForceRoutes.changeTaskForce>,
): Promise<void> => {
  const { force, members: before } = await lockFor(tx, deps, key, actor, 'change', version)
  const { name, purpose, issueIds } = change
  const members = change.members ?? before
  const leaderId = change.leaderId ?? force.leaderId
  const at = deps.clock.now()
  const joined = members.filter((member) => !before.some(isSame(member)))
  const left = before.filter((member) => !members.some(isSame(member))).map(({ personId }) => personId)
  await assertMembersFit(tx, deps, key.communityCode, { members, leaderId, joined })
  const held = await listMatterIds(tx, key)
  const wanted = issueIds && new Set(issueIds.map((id) => splitPublicId(id).id))
  const attached = issueIds
    ? await assertMattersFit(
        tx,
        key,
        issueIds.filter((id) => !held.includes(splitPublicId(id).id)),
      )
    : []
  const detached = wanted ? held.filter((id) => !wanted.has(id)) : []

  if (left.length > 0) await removeMembers(tx, key, left)
  if (joined.length > 0) await joinMembers(tx, key, joined, at)
  if (detached.length > 0) await detachIssues(tx, key, detached)
  if (attached.length > 0) await attachIssues(tx, key, attached, at)
  await saveForce(tx, { ...force, name: name ?? force.name, purpose: purpose ?? force.purpose, leaderId })
  await recordForceEvent(tx, deps, key, 'change', {
    at,
    record: { ...(attached.length && { attached }), ...(detached.length && { detached }) },
    personal: {
      by: personOf(actor),
      ...(name !== undefined && { name }),
      ...(purpose !== undefined && { purpose }),
      ...(leaderId !== force.leaderId && { leaderId }),
      ...(joined.length && { joined: joined.map(({ personId, unitId }) => ({ personId, unitId })) }),
      ...(left.length && { left }),
    },
  })
}

/** The matters are nobody's special charge any more. @throws AppError not_found, forbidden, stale_version, unprocessable */
export const closeTaskForce = async (
  tx: Tx,
  deps: Deps,
  key: ForceKey,
  actor: Actor,
  version: number,
  result: string,
): Promise<void> => {
  const { force } = await lockFor(tx, deps, key, actor, 'close', version)
  const at = deps.clock.now()
  await releaseIssues(tx, key, at)
  await saveForce(tx, { ...force, state: 'closed', closedAt: at.toISOString(), result })
  await recordForceEvent(tx, deps, key, 'close', { at, personal: { by: personOf(actor), result } })
}
