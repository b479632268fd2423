import type { Queryable } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

export interface OwnRow {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
  username: string | null
  passwordHash: string | null
}

export interface OwnSession {
  id: string
  method: 'password' | 'phone'
  device: string | null
  startedAt: string
  usedAt: string
}

const OWN = `
  select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher", a.username,
    a.password_hash as "passwordHash"
  from people p left join accounts a on a.person_id = p.id where p.id = $1`
export const readOwn = async (on: Queryable, personId: string): Promise<OwnRow> =>
  (await preparedOne<OwnRow>(on, 'account_own', OWN, [personId]))!

const SESSIONS = `
  select id, method, device, created_at as "startedAt", used_at as "usedAt" from sessions
  where person_id = $1 and revoked_at is null and expires_at > $2 order by used_at desc, id desc limit 100`
export const listOwnSessions = (on: Queryable, personId: string, now: Date) =>
  prepared<OwnSession>(on, 'sessions_own', SESSIONS, [personId, now.toISOString()])

const HOLD = 'select id from sessions where id = $1 and revoked_at is null for update'
/** @returns whether it stands; it goes on standing until the transaction ends */
export const holdOwnSession = async (on: Queryable, id: string | null): Promise<boolean> =>
  (await prepared(on, 'session_hold_own', HOLD, [id])).length > 0

const END = `
  update sessions set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null returning id`
/** @returns whether it was theirs and open */
export const endOwn = async (on: Queryable, id: string, personId: string, at: Date): Promise<boolean> =>
  (await prepared(on, 'session_end_own', END, [id, personId, at.toISOString()])).length > 0

const KEEP = `
  insert into accounts (person_id, username, password_hash, created_at) values ($1, $2, $3, $4)
  on conflict (person_id) do update set password_hash = excluded.password_hash`
/** The user name stays the one it is. @throws the constraint `accounts_username_unique` */
export const keepPassword = (
  on: Queryable,
  { personId, username, passwordHash, at }: { personId: string; username: string; passwordHash: string; at: Date },
) => prepared(on, 'password_keep', KEEP, [personId, username, passwordHash, at.toISOString()])
