import type { Role } from '@tongxin/lifecycle'
import type { Announcements } from '../db/announcements.ts'
import type { Db, Queryable } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { Clock } from '../deps.ts'
import { type Actor, type ActorGrant, makeActor } from './actor.ts'

interface Entry {
  actor: Actor
  /** Milliseconds: the session's end or the next moment a grant begins or ends. */
  until: number
}

interface AccessRow {
  person_id: string
  level: Actor['accountLevel']
  expires_at: string
  grants: { role: Role; region: string; unit: string | null; from: string | null; to: string | null }[]
  formerly: string[]
}

const ACCESS = `
  select s.person_id, p.level, s.expires_at,
    coalesce((
      select json_agg(json_build_object('role', g.role, 'region', g.region_code, 'unit', g.unit_id,
        'from', g.valid_from, 'to', g.valid_to))
      from grants g
      where g.person_id = s.person_id and g.approved_at is not null and g.revoked_at is null
        and (g.valid_to is null or g.valid_to > $2)
    ), '[]') as grants,
    coalesce((select json_agg(m.id) from people m where m.merged_into = p.id), '[]') as formerly
  from sessions s join people p on p.id = s.person_id
  where s.id = $1 and s.revoked_at is null and s.expires_at > $2 and p.anonymised_at is null and p.merged_into is null`

export const ACCESS_CHANGED = 'access_changed'
const MOST_PEOPLE = 20_000

/**
 * Who a session belongs to and what that person may do now, from memory. The database announces every change of a
 * session, a grant or a level (person id); while that line is down nothing is answered from memory.
 */
export class Access {
  readonly #db: Db
  readonly #clock: Clock
  readonly #announcements: Announcements
  readonly #people = new Map<string, Map<string, Entry>>()
  #generation = 0

  constructor(settings: { db: Db; clock: Clock; announcements: Announcements }) {
    this.#db = settings.db
    this.#clock = settings.clock
    this.#announcements = settings.announcements
    settings.announcements.on(ACCESS_CHANGED, (personId) => (personId ? this.forget(personId) : this.forgetAll()))
  }

  /** Call after a commit that changed somebody's sessions, grants or level: this process knows at once. */
  forget(personId: string): void {
    this.#generation++
    this.#people.delete(personId)
  }

  forgetAll(): void {
    this.#generation++
    this.#people.clear()
  }

  /** From memory, without waiting; undefined when the database must be asked. */
  known(personId: string, sessionId: string): Actor | undefined {
    const entry = this.#people.get(personId)?.get(sessionId)
    return entry && entry.until > this.#clock.now().getTime() ? entry.actor : undefined
  }

  /** The actor of a live session, or null when it ended, was revoked or belongs to somebody else. */
  async find(personId: string, sessionId: string): Promise<Actor | null> {
    const generation = this.#generation
    const now = this.#clock.now()
    const [row] = await prepared<AccessRow>(this.#db, 'access_by_session', ACCESS, [sessionId, now.toISOString()])
    if (!row || row.person_id !== personId) return null
    let until = Date.parse(row.expires_at)
    const inForce: ActorGrant[] = []
    for (const grant of row.grants) {
      const from = grant.from ? Date.parse(grant.from) : 0
      if (from > now.getTime()) until = Math.min(until, from)
      else inForce.push({ role: grant.role, regionCode: grant.region, unitId: grant.unit })
      if (grant.to) until = Math.min(until, Date.parse(grant.to))
    }
    const actor = makeActor({
      personId,
      sessionId,
      accountLevel: row.level,
      grants: inForce,
      formerly: row.formerly,
    })
    // A change announced while the query ran may not be in its answer.
    if (this.#announcements.standing && generation === this.#generation)
      this.#remember(personId, sessionId, { actor, until })
    return actor
  }

  #remember(personId: string, sessionId: string, entry: Entry): void {
    if (this.#people.size >= MOST_PEOPLE) this.#people.clear()
    const sessions = this.#people.get(personId)
    if (sessions) sessions.set(sessionId, entry)
    else this.#people.set(personId, new Map([[sessionId, entry]]))
  }
}

const GRANTS_NOW = `
  select p.level, g.role, g.region_code, g.unit_id
  from people p left join grants g on g.person_id = p.id and g.approved_at is not null and g.revoked_at is null
    and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)
  where p.id = $1`

/** A person's actor outside a session: for jobs, proxies and tests. */
export async function findActor(on: Queryable, personId: string, now: Date): Promise<Actor | null> {
  const rows = await prepared<{
    level: Actor['accountLevel']
    role: Role | null
    region_code: string
    unit_id: string | null
  }>(on, 'access_by_person', GRANTS_NOW, [personId, now.toISOString()])
  const [first] = rows
  if (!first) return null
  const grants = rows.flatMap((row) =>
    row.role ? [{ role: row.role, regionCode: row.region_code, unitId: row.unit_id }] : [],
  )
  return makeActor({ personId, sessionId: null, accountLevel: first.level, grants })
}
