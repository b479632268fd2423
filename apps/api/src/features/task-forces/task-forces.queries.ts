import type { TaskForceState } from '@tongxin/contract'
import { OPEN_STATES, type State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

/** Where a task force stands: its tenant and its id there. */
export interface ForceKey {
  communityCode: string
  id: string
}

/** Instants as ISO strings, here and below. */
export interface ForceRow extends ForceKey {
  name: string
  purpose: string
  state: TaskForceState
  leaderId: string
  createdAt: string
  createdBy: string
  closedAt: string | null
  result: string | null
  version: number
}

const FORCE = `select community_code as "communityCode", id, name, purpose, state, leader_id as "leaderId",
    created_at as "createdAt", created_by as "createdBy", closed_at as "closedAt", result, version
  from task_forces where community_code = $1 and id = $2`

export const findForce = (on: Queryable, key: ForceKey): Promise<ForceRow | undefined> =>
  preparedOne<ForceRow>(on, 'force', FORCE, [key.communityCode, key.id])

export const lockForce = (tx: Tx, key: ForceKey): Promise<ForceRow | undefined> =>
  preparedOne<ForceRow>(tx, 'force_lock', `${FORCE} for update`, [key.communityCode, key.id])

const INSERT = `insert into task_forces (community_code, id, name, purpose, state, leader_id, created_at, created_by, version)
  values ($1, $2, $3, $4, 'active', $5, $6, $7, 1)`

export const insertForce = async (
  tx: Tx,
  force: Omit<ForceRow, 'state' | 'closedAt' | 'result' | 'version'>,
): Promise<void> => {
  const { communityCode, id, name, purpose, leaderId, createdAt, createdBy } = force
  await prepared(tx, 'force_insert', INSERT, [communityCode, id, name, purpose, leaderId, createdAt, createdBy])
}

const SAVE = `update task_forces set name = $3, purpose = $4, state = $5, leader_id = $6, closed_at = $7, result = $8,
  version = version + 1 where community_code = $1 and id = $2`

export const saveForce = async (tx: Tx, force: ForceRow): Promise<void> => {
  const { communityCode, id, name, purpose, state, leaderId, closedAt, result } = force
  await prepared(tx, 'force_save', SAVE, [communityCode, id, name, purpose, state, leaderId, closedAt, result])
}

const STAFF = `('grid_worker', 'officer', 'secretary')`
/** Of a grant `g` at the instant of parameter `at`. */
const inForce = (at: string) => `g.approved_at is not null and g.revoked_at is null
  and (g.valid_from is null or g.valid_from <= ${at}) and (g.valid_to is null or g.valid_to > ${at})`

export interface MemberRow {
  personId: string
  nameCipher: string | null
  unitId: string | null
  unitName: string | null
  joinedAt: string
  /** Still handles for the unit, or works for the community. */
  standing: boolean
}

const MEMBERS = `
  select m.person_id as "personId", p.name_cipher as "nameCipher", m.unit_id as "unitId", u.name as "unitName",
    m.joined_at as "joinedAt",
    exists (select from grants g where g.person_id = m.person_id and ${inForce('$3')} and case when m.unit_id is null
      then g.role in ${STAFF} and exists (select from regions r where r.code = g.region_code and $1 in (r.code, r.parent_code))
      else g.role = 'unit_handler' and g.unit_id = m.unit_id end) as standing
  from task_force_members m join people p on p.id = m.person_id left join units u on u.id = m.unit_id
  where m.community_code = $1 and m.force_id = $2 order by u.name nulls first, m.person_id`

export const listMembers = (on: Queryable, key: ForceKey, now: Date): Promise<MemberRow[]> =>
  prepared<MemberRow>(on, 'force_members', MEMBERS, [key.communityCode, key.id, now.toISOString()])

export interface CandidateRow {
  personId: string
  nameCipher: string | null
  unitId: string | null
  unitName: string | null
}

const CANDIDATES = `
  select distinct p.id as "personId", p.name_cipher as "nameCipher", g.unit_id as "unitId", u.name as "unitName"
  from grants g join people p on p.id = g.person_id left join units u on u.id = g.unit_id
  where ${inForce('$3')} and ($4::uuid[] is null or g.person_id = any($4)) and (
    (g.role in ${STAFF} and g.region_code = any($1::text[]))
    or (g.role = 'unit_handler' and u.active and u.region_code = any($2::text[])))
  order by u.name nulls first, p.id limit 500`

/**
 * Who may be a member: staff at `own`, the community and its grids, and handlers of the active units at `serving`, those and what
 * lies above them.
 */
export const listCandidates = (
  on: Queryable,
  { own, serving }: { own: readonly string[]; serving: readonly string[] },
  now: Date,
  personIds: readonly string[] | null = null,
): Promise<CandidateRow[]> =>
  prepared<CandidateRow>(on, 'force_candidates', CANDIDATES, [own, serving, now.toISOString(), personIds])

const JOIN = `insert into task_force_members (community_code, force_id, person_id, unit_id, joined_at)
  select $1, $2, m."personId", m."unitId", $4 from json_to_recordset($3) as m ("personId" uuid, "unitId" uuid)`

export const joinMembers = async (
  tx: Tx,
  key: ForceKey,
  joined: readonly { personId: string; unitId: string | null }[],
  at: Date,
): Promise<void> => {
  await prepared(tx, 'force_join', JOIN, [key.communityCode, key.id, JSON.stringify(joined), at.toISOString()])
}

const LEAVE = `delete from task_force_members where community_code = $1 and force_id = $2 and person_id = any($3::uuid[])`

export const removeMembers = async (tx: Tx, key: ForceKey, personIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'force_leave', LEAVE, [key.communityCode, key.id, personIds])
}

export interface MatterRow {
  issueId: string
  number: string
  title: string | null
  publicTitle: string | null
  stage: string
  state: State
  complainedUnitId: string | null
  leadUnitName: string | null
  dueAt: string | null
}

const MATTERS = `
  select i.id as "issueId", i.number, i.title, i.public_title as "publicTitle", i.stage, i.state,
    i.complained_unit_id as "complainedUnitId", u.name as "leadUnitName", i.due_at as "dueAt"
  from task_force_issues t join issues i on i.community_code = t.community_code and i.id = t.issue_id
    left join units u on u.id = i.lead_unit_id
  where t.community_code = $1 and t.force_id = $2 order by i.due_at nulls last, i.id`

/** What it owns, or owned when it ended. */
export const listMatters = (on: Queryable, key: ForceKey): Promise<MatterRow[]> =>
  prepared<MatterRow>(on, 'force_matters', MATTERS, [key.communityCode, key.id])

const MATTER_IDS = `select issue_id as id from task_force_issues where community_code = $1 and force_id = $2`

export const listMatterIds = async (on: Queryable, key: ForceKey): Promise<string[]> =>
  (await prepared<{ id: string }>(on, 'force_matter_ids', MATTER_IDS, [key.communityCode, key.id])).map(({ id }) => id)

const ATTACHABLE = `select i.id, t.force_id is not null as "ownedElsewhere" from issues i
    left join task_force_issues t on t.community_code = i.community_code and t.issue_id = i.id and t.released_at is null
      and t.force_id <> $3
  where i.community_code = $1 and i.id = any($2::uuid[]) and i.state = any($4::text[])`

/** Those of the matters that are still worked on. */
export const findAttachable = (
  tx: Tx,
  key: ForceKey,
  issueIds: readonly string[],
): Promise<{ id: string; ownedElsewhere: boolean }[]> =>
  prepared(tx, 'force_attachable', ATTACHABLE, [key.communityCode, issueIds, key.id, OPEN_STATES])

const ATTACH = `insert into task_force_issues (community_code, force_id, issue_id, attached_at)
  select $1, $2, id, $4 from unnest($3::uuid[]) as id`

export const attachIssues = async (tx: Tx, key: ForceKey, issueIds: readonly string[], at: Date): Promise<void> => {
  await prepared(tx, 'force_attach', ATTACH, [key.communityCode, key.id, issueIds, at.toISOString()])
}

const DETACH = `delete from task_force_issues where community_code = $1 and force_id = $2 and issue_id = any($3::uuid[])`

export const detachIssues = async (tx: Tx, key: ForceKey, issueIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'force_detach', DETACH, [key.communityCode, key.id, issueIds])
}

const RELEASE = `update task_force_issues set released_at = $3 where community_code = $1 and force_id = $2`

export const releaseIssues = async (tx: Tx, key: ForceKey, at: Date): Promise<void> => {
  await prepared(tx, 'force_release', RELEASE, [key.communityCode, key.id, at.toISOString()])
}

export interface SummaryRow extends ForceKey {
  name: string
  state: TaskForceState
  leaderId: string
  leaderCipher: string | null
  members: number
  units: number
  matters: number
  mattersOpen: number
  mattersOverdue: number
  milestones: number
  milestonesReached: number
  milestonesLate: number
  createdAt: string
  closedAt: string | null
}

// Ids made later sort later: the newest first is the primary key read backwards. A member's matters are those `readsMatter` gives them.
const SUMMARIES = `
  select f.community_code as "communityCode", f.id, f.name, f.state, f.leader_id as "leaderId", p.name_cipher as "leaderCipher",
    m.members, m.units, t.matters, t."mattersOpen", t."mattersOverdue", s.milestones, s."milestonesReached",
    s."milestonesLate", f.created_at as "createdAt", f.closed_at as "closedAt"
  from task_forces f join people p on p.id = f.leader_id
    cross join lateral (select count(*)::int as members,
        (count(distinct unit_id) + max((unit_id is null)::int))::int as units
      from task_force_members where community_code = f.community_code and force_id = f.id) m
    cross join lateral (select count(*)::int as matters, count(*) filter (where i.state = any($2::text[]))::int as "mattersOpen",
        count(*) filter (where i.due_at < $3::timestamptz)::int as "mattersOverdue"
      from task_force_issues x join issues i on i.community_code = x.community_code and i.id = x.issue_id
      where x.community_code = f.community_code and x.force_id = f.id and ($8::uuid is null
        or (f.state = 'active' and (i.complained_unit_id is null or i.complained_unit_id <> all($10::uuid[]))))) t
    cross join lateral (select count(*)::int as milestones, count(reached_at)::int as "milestonesReached",
        count(*) filter (where reached_at is null and due_on < $4::date)::int as "milestonesLate"
      from task_force_milestones where community_code = f.community_code and force_id = f.id) s
  where f.community_code = $1 and ($5::text is null or f.state = $5) and ($6::uuid is null or f.id < $6)
    and ($7::uuid is null or exists (select from task_force_issues x
      where x.community_code = f.community_code and x.force_id = f.id and x.issue_id = $7))
    and ($8::uuid is null or exists (select from task_force_members x
      where x.community_code = f.community_code and x.force_id = f.id and x.person_id = $8
        and case when x.unit_id is null then $9 else x.unit_id = any($10::uuid[]) end))
  order by f.id desc limit $11`

export interface SummaryFilter {
  communityCode: string
  state: TaskForceState | null
  issueId: string | null
  after: string | null
  limit: number
  now: Date
  today: string
  /** Only those this person is in; null for all. */
  member: { personId: string; staff: boolean; units: readonly string[] } | null
}

export const listForces = (on: Queryable, filter: SummaryFilter): Promise<SummaryRow[]> =>
  prepared<SummaryRow>(on, 'forces', SUMMARIES, [
    filter.communityCode,
    OPEN_STATES,
    filter.now.toISOString(),
    filter.today,
    filter.state,
    filter.after,
    filter.issueId,
    filter.member?.personId ?? null,
    filter.member?.staff ?? false,
    filter.member?.units ?? [],
    filter.limit,
  ])
