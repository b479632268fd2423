import type { DutyKind, DutyPattern } from '@tongxin/contract'
import type { ClockCode, State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { RegionTree } from '../regions/index.ts'
import { ON_ROSTER } from './duty.policy.ts'
import type { PlannedShift } from './plan-shifts.ts'

/** Where a grant may stand that lets its holder be on duty here: this community, what it lies in and what lies in it. */
export const regionsOf = (tree: RegionTree, community: string): string[] => [
  ...[...tree.upwards(community)].map(({ code }) => code),
  ...tree.subtree(community),
]

/** Whether a person holds an office here that lets them be on duty. $2: regions, $3: roles. */
export const STANDS = (person: string, at: string) => `exists (select from grants g where g.person_id = ${person}
    and g.role = any($3::text[]) and g.region_code = any($2::text[]) and g.approved_at is not null
    and (g.revoked_at is null or g.revoked_at > ${at}) and (g.valid_from is null or g.valid_from <= ${at})
    and (g.valid_to is null or g.valid_to > ${at}))`

export interface Where {
  community: string
  regions: readonly string[]
}
export const inPlace = ({ community, regions }: Where) => [community, regions, ON_ROSTER]

export interface Named {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
}

export interface OnDutyRow {
  shiftId: string
  kind: DutyKind
  startsAt: string
  endsAt: string
  personId: string
  nameCipher: string | null
  /** Agreed that residents are told their name. */
  named: boolean
}

const ON_DUTY = `select s.id as "shiftId", s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt", s.person_id as "personId",
    p.name_cipher as "nameCipher", n.person_id is not null as named
  from duty_shifts s join people p on p.id = s.person_id
    left join duty_names n on n.community_code = s.community_code and n.person_id = s.person_id
  where s.community_code = $1 and s.starts_at <= $4 and s.starts_at > $4::timestamptz - interval '1 day' and s.ends_at > $4
    and ${STANDS('s.person_id', '$4')}
  order by s.starts_at desc limit 1`

/** Somebody whose shift it is and who still holds the office for it. */
export const findOnDuty = (on: Queryable, where: Where, at: Date): Promise<OnDutyRow | undefined> =>
  preparedOne<OnDutyRow>(on, 'duty_now', ON_DUTY, [...inPlace(where), at.toISOString()])

const PEOPLE = `select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher" from people p
  where p.id in (select g.person_id from grants g where g.region_code = any($2::text[]) and g.role = any($3::text[]))
    and $1::text is not null and ${STANDS('p.id', '$4::timestamptz')} order by p.id limit 200`

/** Whom the roster may name. */
export const listRosterPeople = (on: Queryable, where: Where, at: Date): Promise<Named[]> =>
  prepared<Named>(on, 'duty_people', PEOPLE, [...inPlace(where), at.toISOString()])

export interface PlanRow {
  communityCode: string
  phone: string | null
  pattern: DutyPattern
  version: number
}
const PLAN = `select community_code as "communityCode", phone, pattern, version from duty_plans where community_code = $1`

export const findPlan = (on: Queryable, community: string): Promise<PlanRow | undefined> =>
  preparedOne<PlanRow>(on, 'duty_plan', PLAN, [community])

/** Whoever changes a community's roster holds its plan. */
export const lockPlan = (tx: Tx, community: string): Promise<PlanRow | undefined> =>
  preparedOne<PlanRow>(tx, 'duty_plan_lock', `${PLAN} for update`, [community])

export const listPlans = (on: Queryable): Promise<{ communityCode: string }[]> =>
  prepared<{ communityCode: string }>(on, 'duty_plans', 'select community_code as "communityCode" from duty_plans', [])

const SAVE_PLAN = `insert into duty_plans (community_code, phone, pattern, version, set_by, set_at) values ($1, $2, $3, 1, $4, $5)
  on conflict (community_code) do update set phone = $2, pattern = $3, version = duty_plans.version + 1, set_by = $4, set_at = $5
  where duty_plans.version = $6 returning version`

/** Of two who set the first one at once, the second has seen none to lock. @returns whether the plan still was as it was seen */
export const savePlan = async (
  tx: Tx,
  plan: { community: string; phone: string | null; pattern: DutyPattern; version: number; by: string; at: Date },
): Promise<boolean> => {
  const { community, phone, pattern, version, by, at } = plan
  const values = [community, phone, JSON.stringify(pattern), by, at.toISOString(), version]
  return (await prepared(tx, 'duty_plan_save', SAVE_PLAN, values)).length > 0
}

const DROP = `delete from duty_shifts s where s.community_code = $1 and s.starts_at > $2 and s.planned_for = s.person_id
  and not exists (select from duty_stand_ins i where i.community_code = s.community_code and i.shift_id = s.id)
  and not exists (select from duty_hand_overs h where h.community_code = s.community_code and h.to_shift_id = s.id)`

/** What the pattern put there and nobody touched since, as far as it is still to come. */
export const dropPlannedShifts = async (tx: Tx, community: string, now: Date): Promise<void> => {
  await prepared(tx, 'duty_shifts_drop', DROP, [community, now.toISOString()])
}

const OVERLAPS = `exists (select from duty_shifts s where s.community_code = $1 and s.starts_at < r."endsAt"
  and s.starts_at > r."startsAt" - interval '1 day' and s.ends_at > r."startsAt")`
const ADD = `insert into duty_shifts (community_code, id, kind, starts_at, ends_at, person_id, planned_for)
  select $1, r.id, r.kind, r."startsAt", r."endsAt", r."personId", case when $3 then r."personId" end
  from json_to_recordset($2) as r (id uuid, kind text, "startsAt" timestamptz, "endsAt" timestamptz, "personId" uuid)
  where not ${OVERLAPS} returning id`

/** Those that run into no other. @returns how many */
export const addShifts = async (
  tx: Tx,
  community: string,
  shifts: readonly (PlannedShift & { id: string })[],
  planned: boolean,
): Promise<number> => (await prepared(tx, 'duty_shifts_add', ADD, [community, JSON.stringify(shifts), planned])).length

export interface ShiftRow {
  id: string
  kind: DutyKind
  startsAt: string
  endsAt: string
  personId: string
  nameCipher: string | null
  stands: boolean
  insteadId: string | null
  insteadCipher: string | null
  reason: string | null
  madeAt: string | null
  confirmedAt: string | null
  version: number
}

const SHIFTS = `select s.id, s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt", s.person_id as "personId",
    p.name_cipher as "nameCipher", ${STANDS('s.person_id', 'greatest(s.starts_at, least($4::timestamptz, s.ends_at))')} as stands,
    o.id as "insteadId", o.name_cipher as "insteadCipher", i.reason, h.made_at as "madeAt", h.confirmed_at as "confirmedAt",
    s.version
  from duty_shifts s join people p on p.id = s.person_id
    left join lateral (select reason, from_person from duty_stand_ins i
      where i.community_code = s.community_code and i.shift_id = s.id order by i.id desc limit 1) i on true
    left join people o on o.id = coalesce(s.planned_for, i.from_person) and o.id <> s.person_id
    left join duty_hand_overs h on h.community_code = s.community_code and h.shift_id = s.id`
const BETWEEN = `${SHIFTS} where s.community_code = $1 and s.starts_at < $6 and s.starts_at > $5::timestamptz - interval '1 day'
  and s.ends_at > $5 order by s.starts_at`
const ONE = `${SHIFTS} where s.community_code = $1 and s.id = $5`
const NEXT = `${SHIFTS} where s.community_code = $1 and s.starts_at >= $5 and s.starts_at < $5::timestamptz + interval '1 day'
  order by s.starts_at limit 1`

export const listShifts = (on: Queryable, where: Where, now: Date, from: string, to: string): Promise<ShiftRow[]> =>
  prepared<ShiftRow>(on, 'duty_shifts', BETWEEN, [...inPlace(where), now.toISOString(), from, to])

export const findShift = (on: Queryable, where: Where, now: Date, id: string): Promise<ShiftRow | undefined> =>
  preparedOne<ShiftRow>(on, 'duty_shift', ONE, [...inPlace(where), now.toISOString(), id])

/** The one that begins first within a day after this moment. */
export const findNextShift = (on: Queryable, where: Where, now: Date, after: string): Promise<ShiftRow | undefined> =>
  preparedOne<ShiftRow>(on, 'duty_shift_next', NEXT, [...inPlace(where), now.toISOString(), after])

const STAND_IN = `with s as (
    update duty_shifts set person_id = $4, version = version + 1 where community_code = $1 and id = $2 and version = $7 returning id)
  insert into duty_stand_ins (community_code, id, shift_id, from_person, to_person, reason, by, at)
  select $1, $8, s.id, $3, $4, $5, $6, $9 from s returning id`

/** @returns whether the shift still was as it was seen */
export const putStandIn = async (
  tx: Tx,
  given: {
    community: string
    shiftId: string
    from: string
    to: string
    reason: string
    by: string
    version: number
    id: string
    at: Date
  },
): Promise<boolean> => {
  const { community, shiftId, from, to, reason, by, version, id, at } = given
  const values = [community, shiftId, from, to, reason, by, version, id, at.toISOString()]
  return (await prepared(tx, 'duty_stand_in', STAND_IN, values)).length > 0
}

/** What whoever is on duty watches. */
export interface WatchedRow {
  id: string
  number: string
  title: string | null
  gridCode: string | null
  state: State
  contacted: boolean
  clock: ClockCode | null
  dueAt: string | null
}

const WATCHED = `select i.id, i.number, i.title, i.grid_code as "gridCode", i.state, i.contacted_at is not null as contacted,
    i.due_clock as clock, i.due_at as "dueAt" from issues i`
const DUE = `${WATCHED} where i.community_code = $1 and i.due_at <= $2
  order by (i.state = 'raised' and i.contacted_at is null) desc, i.due_at, i.id limit 100`
const OF_IDS = `${WATCHED} where i.community_code = $1 and i.id = any($2::uuid[])`

/**
 * Due by then or before: first whoever was not contacted yet, which is due within hours and must not fall behind what is long overdue,
 * then the soonest.
 */
export const listDue = (on: Queryable, community: string, until: Date): Promise<WatchedRow[]> =>
  prepared<WatchedRow>(on, 'duty_due', DUE, [community, until.toISOString()])

export const listWatched = (on: Queryable, community: string, ids: readonly string[]): Promise<WatchedRow[]> =>
  prepared<WatchedRow>(on, 'duty_watched', OF_IDS, [community, ids])

const NAMED = 'select 1 as named from duty_names where community_code = $1 and person_id = $2'

export const isNamed = async (on: Queryable, community: string, personId: string): Promise<boolean> =>
  (await preparedOne(on, 'duty_named', NAMED, [community, personId])) !== undefined

export const setNamed = async (
  tx: Tx,
  community: string,
  personId: string,
  named: boolean,
  at: Date,
): Promise<void> => {
  if (named) {
    const add = `insert into duty_names (community_code, person_id, since) values ($1, $2, $3) on conflict do nothing`
    await prepared(tx, 'duty_name_add', add, [community, personId, at.toISOString()])
  } else {
    const drop = 'delete from duty_names where community_code = $1 and person_id = $2'
    await prepared(tx, 'duty_name_drop', drop, [community, personId])
  }
}
