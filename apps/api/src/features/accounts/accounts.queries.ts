import type { AccountStatus, GrantableRole } from '@tongxin/contract'
import { isStaffRole, ROLE_CODES } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'

const STAFF = ROLE_CODES.filter(isStaffRole)

export interface AccountRow {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
  username: string | null
  hasPassword: boolean
  lastAt: string | null
  lockedAt: string | null
  lockedReason: string | null
  locker: { id: string; nameCipher: string | null; phoneCipher: string | null } | null
  sessions: number
  /** All that stand, those yet to begin among them; of who is locked also those they had then: somebody must be able to let them in again. */
  grants: { role: GrantableRole; regionCode: string; stands: boolean }[]
}

/** Approved, not taken away, not over; at $1. */
const STANDS = (grant: string) =>
  `(${grant}.approved_at is not null and ${grant}.revoked_at is null and (${grant}.valid_to is null or ${grant}.valid_to > $1))`
/** Stood when they were locked: whoever locked them reaches over it still, and what was over by then has nothing to do with it. */
const COUNTS = (grant: string) => `(${STANDS(grant)} or ${grant}.approved_at <= s.locked_at
    and (${grant}.revoked_at is null or ${grant}.revoked_at >= s.locked_at) and (${grant}.valid_to is null or ${grant}.valid_to > s.locked_at))`

const FIELDS = `
  select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher", a.username,
    a.password_hash is not null as "hasPassword", s.last_at as "lastAt",
    s.locked_at as "lockedAt", s.locked_reason as "lockedReason",
    case when l.id is not null then
      json_build_object('id', l.id, 'nameCipher', l.name_cipher, 'phoneCipher', l.phone_cipher) end as locker,
    (select count(*) from sessions e where e.person_id = p.id and e.revoked_at is null and e.expires_at > $1) as sessions,
    coalesce((select json_agg(json_build_object('role', g.role, 'regionCode', g.region_code, 'stands', ${STANDS('g')})
      order by g.id) from grants g where g.person_id = p.id and ${COUNTS('g')}), '[]') as grants
  from people p
    left join accounts a on a.person_id = p.id
    left join sign_ins s on s.person_id = p.id
    left join people l on l.id = s.locked_by
  where p.merged_into is null and p.anonymised_at is null`

const LIST = `${FIELDS}
    and exists (select from grants h
      where h.person_id = p.id and h.region_code = any($2) and h.role = any($3) and ${COUNTS('h')})
    and ($4::uuid is null or p.id = $4) and ($5::uuid is null or p.id < $5)
    and case $6 when 'locked' then s.locked_at is not null when 'no_password' then a.password_hash is null
      when 'never' then s.last_at is null else true end
  order by p.id desc limit $7`

/** Whoever holds an office of staff in these regions, or is locked and held one; who was registered last first. */
export const listAccounts = (
  on: Queryable,
  filter: {
    regions: string[]
    role?: GrantableRole
    personId?: string
    status?: AccountStatus
    after: string | null
    limit: number
    now: Date
  },
) =>
  prepared<AccountRow>(on, 'accounts_list', LIST, [
    filter.now.toISOString(),
    filter.regions,
    filter.role ? [filter.role].filter(isStaffRole) : STAFF,
    filter.personId ?? null,
    filter.after,
    filter.status ?? 'any',
    filter.limit,
  ])

/** With or without an office. */
export const findAccountOf = async (on: Queryable, personId: string, now: Date): Promise<AccountRow | undefined> =>
  (await prepared<AccountRow>(on, 'account_of', `${FIELDS} and p.id = $2`, [now.toISOString(), personId]))[0]

const OTHER_ADMINISTRATOR = `
  select exists (select from grants g left join sign_ins s on s.person_id = g.person_id
    where g.role = 'administrator' and g.person_id <> $2 and s.locked_at is null
      and $3 like g.region_code || '%' and ${STANDS('g')} and (g.valid_from is null or g.valid_from <= $1)) as there`

/** Somebody else who can sign in and administers this region. */
export const hasOtherAdministrator = async (on: Queryable, than: string, regionCode: string, now: Date) =>
  (
    await prepared<{ there: boolean }>(on, 'other_administrator', OTHER_ADMINISTRATOR, [
      now.toISOString(),
      than,
      regionCode,
    ])
  )[0]!.there

/** One account at a time is locked, so that two administrators do not lock each other out at once. */
export const lockingAlone = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.accountLocks})`)

const LOCK = `
  insert into sign_ins as s (person_id, locked_at, locked_by, locked_reason) values ($1, $2, $3, $4)
  on conflict (person_id) do update set locked_at = $2, locked_by = $3, locked_reason = $4 where s.locked_at is null
  returning person_id`
const UNLOCK = `
  update sign_ins set locked_at = null, locked_by = null, locked_reason = null
  where person_id = $1 and locked_at is not null returning person_id`

/** @returns whether it was open before */
export const setLock = async (tx: Tx, personId: string, lock: { at: Date; by: string; reason: string }) =>
  (await prepared(tx, 'account_lock', LOCK, [personId, lock.at.toISOString(), lock.by, lock.reason])).length > 0

/** @returns whether it was locked */
export const takeLock = async (tx: Tx, personId: string) =>
  (await prepared(tx, 'account_unlock', UNLOCK, [personId])).length > 0

const END = `
  update sessions set revoked_at = $2
  where person_id = $1 and revoked_at is null and ($3::uuid is null or id <> $3) and ($4::text is null or method = $4)`
export const endSessionsOf = (
  on: Queryable,
  personId: string,
  at: Date,
  which: { but?: string | null; method?: 'password' } = {},
) => prepared(on, 'sessions_end', END, [personId, at.toISOString(), which.but ?? null, which.method ?? null])

const TAKE = `
  update accounts set password_hash = null where person_id = $1 and password_hash is not null returning person_id`
/** @returns whether there was one */
export const takePassword = async (tx: Tx, personId: string) =>
  (await prepared(tx, 'password_take', TAKE, [personId])).length > 0
