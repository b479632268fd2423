import type { Report, ReportFormat } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

export interface ScheduleRow {
  kind: Report
  on: boolean
  format: ReportFormat
  setBy: string
  setAt: string
}

const SCHEDULES = `select kind, "on", format, set_by as "setBy", set_at as "setAt" from report_schedules where community_code = $1`

export const listSchedules = (on: Queryable, community: string): Promise<ScheduleRow[]> =>
  prepared(on, 'report_schedules', SCHEDULES, [community])

const SET = `insert into report_schedules (community_code, kind, "on", format, set_by, set_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (community_code, kind) do update set "on" = excluded."on", format = excluded.format, set_by = excluded.set_by,
    set_at = excluded.set_at`

export const setSchedule = async (
  on: Queryable,
  community: string,
  { kind, on: wanted, format, setBy, setAt }: ScheduleRow,
): Promise<void> => {
  await prepared(on, 'report_schedule_set', SET, [community, kind, wanted, format, setBy, setAt])
}

export interface Wanted {
  community: string
  kind: Report
  format: ReportFormat
  askedBy: string
}

const WANTED = `select s.community_code as community, s.kind, s.format, s.set_by as "askedBy" from report_schedules s
  where s.community_code = any($1::text[]) and s."on" and not exists (select from kept_reports k
    where k.community_code = s.community_code and k.kind = s.kind and k.month = $2 and k.format = s.format)
  order by 1, 2`

/** What the schedules ask of this month and is not there yet. */
export const listWanted = (on: Queryable, communities: readonly string[], month: string): Promise<Wanted[]> =>
  prepared(on, 'reports_wanted', WANTED, [communities, month])

export interface NewKept extends Wanted {
  id: string
  month: string
  hash: string
  rows: number
  bytes: number
  madeAt: Date
  expiresAt: Date
}

const KEEP = `insert into kept_reports (community_code, id, kind, month, format, content_hash, rows, bytes, made_at, asked_by, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (community_code, kind, month, format) do nothing`

/** Twice at once it is kept once. */
export const keepReport = async (on: Queryable, kept: NewKept): Promise<void> => {
  await prepared(on, 'report_keep', KEEP, [
    kept.community,
    kept.id,
    kept.kind,
    kept.month,
    kept.format,
    kept.hash,
    kept.rows,
    kept.bytes,
    kept.madeAt.toISOString(),
    kept.askedBy,
    kept.expiresAt.toISOString(),
  ])
}

export interface KeptRow {
  id: string
  kind: Report
  month: string
  format: ReportFormat
  hash: string
  rows: number
  bytes: number
  madeAt: string
  expiresAt: string
  askedBy: string
  nameCipher: string | null
}

const KEPT = `select k.id, k.kind, k.month, k.format, k.content_hash as hash, k.rows, k.bytes, k.made_at as "madeAt",
    k.expires_at as "expiresAt", p.id as "askedBy", p.name_cipher as "nameCipher"
  from kept_reports k join people p on p.id = k.asked_by where k.community_code = $1 and k.expires_at > $2`
const KEPT_PAGE = `${KEPT} and ($3::timestamptz is null or (k.made_at, k.id) < ($3::timestamptz, $4::uuid))
  order by k.made_at desc, k.id desc limit $5`
const KEPT_ONE = `${KEPT} and k.id = $3`

export const listKept = (
  on: Queryable,
  community: string,
  now: Date,
  after: readonly [string, string] | null,
  limit: number,
): Promise<KeptRow[]> =>
  prepared(on, 'reports_kept', KEPT_PAGE, [community, now.toISOString(), ...(after ?? [null, null]), limit])

export const findKept = (on: Queryable, community: string, id: string, now: Date): Promise<KeptRow | undefined> =>
  preparedOne(on, 'report_kept', KEPT_ONE, [community, now.toISOString(), id])

const EXPIRE = `with gone as (delete from kept_reports where community_code = any($1::text[]) and expires_at <= $2
    returning community_code, id, content_hash)
  select distinct g.content_hash as hash from gone g where not exists (select from kept_reports k
    where k.community_code = any($1::text[]) and k.content_hash = g.content_hash and k.expires_at > $2)`

/** Forgets what has expired. @returns the names of the files that nobody needs any more */
export const expireReports = async (on: Queryable, communities: readonly string[], now: Date): Promise<string[]> =>
  (await prepared<{ hash: string }>(on, 'reports_expire', EXPIRE, [communities, now.toISOString()])).map(
    ({ hash }) => hash,
  )
