import { PERMISSIONS } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { isMember } from '../council/index.ts'
import { findReadable, type IssueKey } from '../issues/index.ts'
import { holdsOver } from '../regions/index.ts'

/** How a person stands to the opinions on a matter they may read. */
export interface Standing {
  /** Lives in the community and is known to, or sits on its council. */
  takesPart: boolean
  moderates: boolean
}

/** @throws AppError not_found when they may not know of the matter */
export const standingOn = async (
  on: Queryable,
  deps: Pick<Deps, 'directory'>,
  issue: IssueKey,
  actor: Actor,
): Promise<Standing> => {
  const [{ relation }, tree] = await Promise.all([findReadable(on, deps, issue, actor), deps.directory.regions.tree()])
  const { communityCode } = issue
  const resident = relation.neighbour && (actor.accountLevel === 'resident' || actor.accountLevel === 'owner')
  return {
    takesPart: actor.personId !== null && (resident || isMember(actor, tree, communityCode)),
    moderates: holdsOver(tree, actor, PERMISSIONS['opinions.moderate'].roles, communityCode),
  }
}

/** @throws AppError not_found, forbidden */
export const assertStands = async (
  on: Queryable,
  deps: Pick<Deps, 'directory'>,
  issue: IssueKey,
  actor: Actor,
  as: keyof Standing,
): Promise<void> => {
  const standing = await standingOn(on, deps, issue, actor)
  if (!standing[as]) throw new AppError('forbidden')
}
