import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { ForceKey } from './task-forces.queries.ts'

export interface ChangeRow {
  seq: number
  action: string
  at: string
  record: { attached?: string[]; detached?: string[] }
  personal: {
    by: string
    name?: string
    title?: string
    note?: string
    result?: string
    leaderId?: string
    joined?: { personId: string; unitId: string | null }[]
    left?: string[]
  } | null
}

const CHANGES = `select seq, action, recorded_at as at, record, personal from events
  where community_code = $1 and subject_type = 'task_force' and subject_id = $2 and ($3::int is null or seq < $3)
  order by seq desc limit $4`

/** The last first. */
export const listChanges = (on: Queryable, key: ForceKey, before: number | null, limit: number): Promise<ChangeRow[]> =>
  prepared<ChangeRow>(on, 'force_changes', CHANGES, [key.communityCode, key.id, before, limit])

const NAMES = `select id, name_cipher as "nameCipher" from people where id = any($1::uuid[])`

export const findNames = (
  on: Queryable,
  personIds: readonly string[],
): Promise<{ id: string; nameCipher: string | null }[]> => prepared(on, 'force_names', NAMES, [personIds])

const NUMBERS = `select id, number, complained_unit_id as "complainedUnitId" from issues where community_code = $1 and id = any($2::uuid[])`

export const findNumbers = (
  on: Queryable,
  communityCode: string,
  issueIds: readonly string[],
): Promise<{ id: string; number: string; complainedUnitId: string | null }[]> =>
  prepared(on, 'force_numbers', NUMBERS, [communityCode, issueIds])
