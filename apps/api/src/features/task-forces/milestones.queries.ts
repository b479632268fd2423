import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { ForceKey } from './task-forces.queries.ts'

export interface MilestoneRow {
  id: string
  title: string
  /** A day of the civil calendar. */
  dueOn: string
  reachedAt: string | null
  reachedBy: string | null
  reachedByCipher: string | null
  note: string | null
}

const MILESTONES = `
  select s.id, s.title, s.due_on::text as "dueOn", s.reached_at as "reachedAt", s.reached_by as "reachedBy",
    p.name_cipher as "reachedByCipher", s.note
  from task_force_milestones s left join people p on p.id = s.reached_by
  where s.community_code = $1 and s.force_id = $2 order by s.due_on, s.id`

export const listMilestones = (on: Queryable, key: ForceKey): Promise<MilestoneRow[]> =>
  prepared<MilestoneRow>(on, 'force_milestones', MILESTONES, [key.communityCode, key.id])

const ONE = `select id, title, due_on::text as "dueOn", reached_at as "reachedAt" from task_force_milestones
  where community_code = $1 and force_id = $2 and id = $3`

type Milestone = Pick<MilestoneRow, 'id' | 'title' | 'dueOn' | 'reachedAt'>

export const findMilestone = (on: Queryable, key: ForceKey, id: string): Promise<Milestone | undefined> =>
  preparedOne<Milestone>(on, 'force_milestone', ONE, [key.communityCode, key.id, id])

const INSERT = `insert into task_force_milestones (community_code, force_id, id, title, due_on) values ($1, $2, $3, $4, $5)`

export const insertMilestone = async (
  tx: Tx,
  key: ForceKey,
  { id, title, dueOn }: { id: string; title: string; dueOn: string },
): Promise<void> => {
  await prepared(tx, 'force_milestone_insert', INSERT, [key.communityCode, key.id, id, title, dueOn])
}

const CHANGE = `update task_force_milestones set title = $4, due_on = $5 where community_code = $1 and force_id = $2 and id = $3`

export const updateMilestone = async (
  tx: Tx,
  key: ForceKey,
  { id, title, dueOn }: { id: string; title: string; dueOn: string },
): Promise<void> => {
  await prepared(tx, 'force_milestone_change', CHANGE, [key.communityCode, key.id, id, title, dueOn])
}

const DROP = `delete from task_force_milestones where community_code = $1 and force_id = $2 and id = $3`

export const deleteMilestone = async (tx: Tx, key: ForceKey, id: string): Promise<void> => {
  await prepared(tx, 'force_milestone_drop', DROP, [key.communityCode, key.id, id])
}

const REACH = `update task_force_milestones set reached_at = $4, reached_by = $5, note = $6
  where community_code = $1 and force_id = $2 and id = $3`

export const markReached = async (
  tx: Tx,
  key: ForceKey,
  { id, at, by, note }: { id: string; at: Date; by: string; note: string | null },
): Promise<void> => {
  await prepared(tx, 'force_milestone_reach', REACH, [key.communityCode, key.id, id, at.toISOString(), by, note])
}
