import type { Db } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'

interface Limit {
  /** Attempts in a row that need not wait. */
  free: number
  /** Seconds the next attempt waits; doubled by every further one. */
  firstWait: number
  longestWait: number
  /** Seconds after which earlier attempts are forgotten. */
  memory: number
}

/** What is counted, and from when on it has to wait. */
export const LIMITS = {
  account: { free: 5, firstWait: 30, longestWait: 900, memory: 3_600 },
  /** Many households share one address. */
  address: { free: 30, firstWait: 10, longestWait: 900, memory: 3_600 },
  /** Codes tried against one number. */
  phone: { free: 5, firstWait: 60, longestWait: 3_600, memory: 86_400 },
  /** Codes sent to one number: one a minute, and the more the slower. */
  phone_code: { free: 0, firstWait: 60, longestWait: 3_600, memory: 86_400 },
  /** Whose number it is, tried by name: who gives proxies again and again needs few tries. */
  proxy_holder: { free: 5, firstWait: 60, longestWait: 3_600, memory: 86_400 },
  address_code: { free: 20, firstWait: 60, longestWait: 3_600, memory: 3_600 },
} as const satisfies Record<string, Limit>

export type LimitKind = keyof typeof LIMITS

const COUNT = `
  insert into throttles as t (kind, subject, failures, first_at, blocked_until)
  values ($1, $2, 1, $3, case when $4 = 0 then $3::timestamptz + make_interval(secs => $5) else $3::timestamptz end)
  on conflict (kind, subject) do update set
    failures = case when t.blocked_until < $3::timestamptz - make_interval(secs => $7) then 1 else t.failures + 1 end,
    first_at = case when t.blocked_until < $3::timestamptz - make_interval(secs => $7) then excluded.first_at
      else t.first_at end,
    blocked_until = case
      when t.blocked_until < $3::timestamptz - make_interval(secs => $7) then excluded.blocked_until
      when t.failures + 1 < $4 then $3::timestamptz
      else $3::timestamptz + make_interval(secs => least($6, $5 * power(2, least(t.failures + 1 - greatest($4, 1), 20))))
    end
  where t.blocked_until <= $3
  returning blocked_until`

const BLOCKED = 'select blocked_until from throttles where kind = $1 and subject = $2'

/**
 * Counts one attempt before it is made, in one statement, so that attempts made at once are all counted. Returns the
 * moment the next one may come.
 * @throws AppError too_many_attempts, with the seconds to wait
 */
export async function countAttempt(deps: Deps, kind: LimitKind, subject: string): Promise<Date> {
  const { free, firstWait, longestWait, memory } = LIMITS[kind]
  const key = deps.cipher.keyedHash(`${kind}:${subject}`)
  const now = deps.clock.now()
  const counted = await preparedOne<{ blocked_until: string }>(deps.db, 'throttle_count', COUNT, [
    kind,
    key,
    now.toISOString(),
    free,
    firstWait,
    longestWait,
    memory,
  ])
  if (counted) return new Date(counted.blocked_until)
  const blocked = await preparedOne<{ blocked_until: string }>(deps.db, 'throttle_blocked', BLOCKED, [kind, key])
  const until = blocked ? Date.parse(blocked.blocked_until) : now.getTime()
  throw new AppError('too_many_attempts', { retryAfter: (until - now.getTime()) / 1_000 })
}

/** The attempt was right after all: the account starts afresh. */
export async function clearAttempts(deps: Deps, kind: LimitKind, subject: string): Promise<void> {
  const key = deps.cipher.keyedHash(`${kind}:${subject}`)
  await prepared(deps.db, 'throttle_clear', 'delete from throttles where kind = $1 and subject = $2', [kind, key])
}

/** As `clearAttempts` for what many share: only this attempt is taken back. */
export async function uncountAttempt(deps: Deps, kind: LimitKind, subject: string): Promise<void> {
  const key = deps.cipher.keyedHash(`${kind}:${subject}`)
  await prepared(
    deps.db,
    'throttle_uncount',
    'update throttles set failures = greatest(failures - 1, 0), blocked_until = least(blocked_until, $3) where kind = $1 and subject = $2',
    [kind, key, deps.clock.now().toISOString()],
  )
}

/** Forgets what no longer makes anybody wait. */
export async function purgeThrottles(db: Db, now: Date): Promise<void> {
  const longest = Math.max(...Object.values(LIMITS).map((limit) => limit.memory))
  await prepared(db, 'throttle_purge', 'delete from throttles where blocked_until < $1', [
    new Date(now.getTime() - longest * 1_000).toISOString(),
  ])
}

/** An IPv6 customer has at least a /64: the whole of it counts as one address. */
export function addressOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip.replace('::ffff:', '')
  const [head = '', tail] = ip.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const full = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return full.slice(0, 4).join(':')
}
