import { type Issue, OPEN_STATES, type Role, type Actor as RulesActor } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { preparedOne } from '../../db/prepared.ts'
import type { Actor } from '../../http/actor.ts'
import type { RegionTree } from '../regions/index.ts'
import type { IssueKey } from './stage.ts'

/** How a person is bound to one issue, as on record. */
export interface Relation {
  /** Stands as a raiser now. */
  raiser: boolean
  /** Raised it, rather than being merged into it. */
  ownWords: boolean
  /** Withdrew from it; whoever was split off again has nothing more to do with it. */
  detached: boolean
  raiserId: string | null
  /**
   * Handles for a unit that works on it now, or finished its part in this round, or is in the task force that owns it; never for the
   * unit complained about.
   */
  part: boolean
  /** Handles for a unit of the street that was called to it in this round, or is still to report in. */
  called: boolean
  /** Lives in the issue's community. */
  neighbour: boolean
}

/** Those who work for the community. */
export const STAFF: readonly Role[] = ['grid_worker', 'officer', 'secretary']

export const NO_RELATION: Relation = {
  raiser: false,
  ownWords: false,
  detached: false,
  raiserId: null,
  part: false,
  called: false,
  neighbour: false,
}

/**
 * Of an order `w` on the matter `i`: its unit reads the matter for as long as it is the unit's: the order is open, or was finished
 * in this round. What was returned, waived or given to another is theirs no more.
 */
export const AT_WORK = `(w.state = 'open' or (w.state = 'finished' and w.round = i.round))
  and w.unit_id is distinct from i.complained_unit_id`

/**
 * Of a whistle `w` on the matter `i`, for a unit `h.unit_id`: it is theirs where they were called or reported in, or where their whole
 * street was called and nobody reported in yet, for as long as the matter is worked on: a whistle that nobody answered stays open when
 * the matter comes to rest. In later rounds it is not.
 */
export const CALLED = `(w.state = 'open' or w.round = i.round) and h.unit_id is distinct from i.complained_unit_id
  and coalesce(coalesce(w.reporting_unit_id, w.unit_id) = h.unit_id,
    i.state in (${OPEN_STATES.map((state) => `'${state}'`).join(', ')})
      and exists (select from units u where u.id = h.unit_id and u.region_code = w.street_code))`

/**
 * Of the task force that owns the matter $2 of $1 the person $3 is a member, for a unit they still handle for ($4), or for the community,
 * whose staff they still are ($5: where).
 */
const IN_TASK_FORCE = `exists (select from task_force_issues t
      join task_force_members m on m.community_code = t.community_code and m.force_id = t.force_id
      join issues i on i.community_code = t.community_code and i.id = t.issue_id
    where t.community_code = $1 and t.issue_id = $2 and t.released_at is null and m.person_id = $3
      and (i.complained_unit_id is null or i.complained_unit_id <> all($4::uuid[]))
      and case when m.unit_id is null then exists (select from regions r where r.code = any($5::text[]) and $1 in (r.code, r.parent_code))
        else m.unit_id = any($4::uuid[]) end)`

/** One row; for nobody signed in ($3 null) it says no to everything. */
export const RELATION = `
  select coalesce(bool_or(detached_at is null), false) as raiser,
    coalesce(bool_or(merged_from is null), false) as "ownWords",
    coalesce(bool_or(detached_at is not null and (merged_from is null or exists (select from issues m
      where m.community_code = $1 and m.id = merged_from and m.merged_into = $1 || '-' || $2::uuid))), false) as detached,
    (array_agg(id order by detached_at nulls first))[1] as "raiserId",
    exists (select 1 from work_orders w join issues i on i.community_code = w.community_code and i.id = w.issue_id
      where w.community_code = $1 and w.issue_id = $2 and w.unit_id = any($4::uuid[]) and ${AT_WORK})
      or ${IN_TASK_FORCE} as part,
    exists (select 1 from whistles w join issues i on i.community_code = w.community_code and i.id = w.issue_id,
      unnest($4::uuid[]) h (unit_id)
      where w.community_code = $1 and w.issue_id = $2 and ${CALLED}) as called,
    exists (select 1 from household_members m where m.person_id = $3 and m.community_code = $1) as neighbour
  from raisers where community_code = $1 and issue_id = $2 and person_id = $3`

export const relationValues = (key: IssueKey, actor: Actor): unknown[] => [
  key.communityCode,
  key.id,
  actor.personId,
  unitsOf(actor),
  actor.grants.flatMap(({ role, regionCode }) => (STAFF.includes(role) ? [regionCode] : [])),
]

export const findRelation = async (on: Queryable, key: IssueKey, actor: Actor): Promise<Relation> => {
  if (actor.personId === null) return NO_RELATION
  const found = await preparedOne<Relation>(on, 'issue_relation', RELATION, relationValues(key, actor))
  return found ?? NO_RELATION
}

/** The place an issue lies in, as narrow as it is known. */
export const placeOf = (communityCode: string, issue: Pick<Issue, 'gridCode' | 'buildingCode'>): string =>
  issue.buildingCode ?? issue.gridCode ?? communityCode

/** Roles whose region covers the place; a grid worker's covers what no grid was named for, too, so that it can be accepted. */
export const rolesAt = (actor: Actor, tree: RegionTree, communityCode: string, place: string): Role[] => {
  const roles = new Set<Role>()
  for (const { role, regionCode } of actor.grants) {
    const tenantOfStreet = tree.get(communityCode) === undefined ? communityCode.slice(0, 9) : place
    if (tree.covers(regionCode, tenantOfStreet)) roles.add(role)
    else if (role === 'grid_worker' && place === communityCode && tree.communityOf(regionCode) === communityCode)
      roles.add(role)
  }
  return [...roles]
}

/** A seat at the council speaks for a unit; it handles nothing. */
export const unitsOf = (actor: Actor): string[] =>
  actor.grants.flatMap(({ role, unitId }) => (role === 'unit_handler' && unitId ? [unitId] : []))

/** The person as the rules see them before this issue. */
export const rulesActor = (
  actor: Actor,
  tree: RegionTree,
  key: IssueKey,
  issue: Issue,
  relation: Relation,
  presider: boolean,
): RulesActor => {
  const roles = rolesAt(actor, tree, key.communityCode, placeOf(key.communityCode, issue))
  return {
    personId: actor.personId,
    roles,
    identified: relation.neighbour && (actor.accountLevel === 'resident' || actor.accountLevel === 'owner'),
    // Who withdrew alone may still resubmit, and have their data erased.
    raiser: relation.raiser || (issue.state === 'withdrawn' && relation.detached),
    presider,
    unitIds: unitsOf(actor),
    streetHandler: relation.called,
  }
}
