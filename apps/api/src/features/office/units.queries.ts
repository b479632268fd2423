import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { SealedPerson } from '../people/index.ts'

/** A unit as the rules of dispatching see it. */
export interface FitUnit {
  id: string
  name: string
  hasAccounts: boolean
  /** Of the street that the community lies in. */
  ofStreet: boolean
}

// Up from the community to what serves it from above, and up from the unit to see whether it lies within.
const FIT_UNITS = `
  with recursive above as (
    select code, parent_code from regions where code = $1
    union all select r.code, r.parent_code from regions r join above a on r.code = a.parent_code
  ), within as (
    select u.id, r.code, r.parent_code from units u join regions r on r.code = u.region_code where u.id = any($2::uuid[])
    union all select w.id, r.code, r.parent_code from within w join regions r on r.code = w.parent_code
  )
  select u.id, u.name, u.has_accounts as "hasAccounts",
    u.region_code = (select parent_code from regions where code = $1) as "ofStreet" from units u
  where u.id = any($2::uuid[]) and u.active
    and (u.region_code in (select code from above) or exists (select from within w where w.id = u.id and w.code = $1))`

/** Those of the units that are active and serve this community: of its own, above it, or within it. */
export const findFitUnits = (on: Queryable, communityCode: string, unitIds: readonly string[]): Promise<FitUnit[]> =>
  prepared<FitUnit>(on, 'office_fit_units', FIT_UNITS, [communityCode, unitIds])

const STREET_UNITS = `select exists (select from units u join regions r on r.parent_code = u.region_code
  where r.code = $1 and u.active and u.id is distinct from $2) as found`

/** Whether the street of the community has any unit that could lead: one that is complained about could not. */
export const hasStreetUnits = async (
  on: Queryable,
  communityCode: string,
  complainedUnitId: string | null,
): Promise<boolean> =>
  (await preparedOne<{ found: boolean }>(on, 'office_street_units', STREET_UNITS, [communityCode, complainedUnitId]))
    ?.found ?? false

const COMPLAINED = `select
  exists (select from units where id = $3) as exists,
  exists (select from work_orders where community_code = $1 and issue_id = $2 and unit_id = $3 and state = 'open') as "atWork"`

/** A unit that is to be named as the one complained about: is it known, and has it an open order on the matter? */
export const findComplained = async (
  on: Queryable,
  key: IssueKey,
  unitId: string,
): Promise<{ exists: boolean; atWork: boolean }> =>
  (await preparedOne<{ exists: boolean; atWork: boolean }>(on, 'office_complained', COMPLAINED, [
    key.communityCode,
    key.id,
    unitId,
  ])) ?? { exists: false, atWork: false }

const HAS_HANDLERS = `
  select u.active and u.has_accounts and exists (
    select from grants g where g.unit_id = u.id and g.role = 'unit_handler' and g.approved_at is not null
      and g.revoked_at is null and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)
  ) as "hasAccounts" from units u where u.id = $1`

/** Whether somebody signs in for the unit now: one that lost its last handler is acted for like one that never had any. */
export const hasHandlers = async (on: Queryable, unitId: string, now: Date): Promise<boolean> =>
  (await preparedOne<{ hasAccounts: boolean }>(on, 'office_has_handlers', HAS_HANDLERS, [unitId, now.toISOString()]))
    ?.hasAccounts ?? false

const LOCK_FIT = 'select id from units where id = any($1::uuid[]) and active order by id for key share'

/** Those of the units that are active, and stay so until this transaction ends: one that is dissolved waits for it, and is refused. */
export const lockActiveUnits = async (tx: Tx, unitIds: readonly string[]): Promise<Set<string>> =>
  new Set((await prepared<{ id: string }>(tx, 'office_lock_units', LOCK_FIT, [unitIds])).map(({ id }) => id))

const COLLEAGUE = `select exists (
  select from grants g where g.unit_id = $1 and g.person_id = $2 and g.role = 'unit_handler' and g.approved_at is not null
    and g.revoked_at is null and (g.valid_from is null or g.valid_from <= $3) and (g.valid_to is null or g.valid_to > $3)
) as found`

/** Whether this person handles for the unit now. */
export const isHandlerOf = async (on: Queryable, unitId: string, personId: string, now: Date): Promise<boolean> =>
  (await preparedOne<{ found: boolean }>(on, 'office_is_handler', COLLEAGUE, [unitId, personId, now.toISOString()]))
    ?.found ?? false

const HANDLERS = `select distinct p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
  from grants g join people p on p.id = g.person_id
  where g.unit_id = $1 and g.role = 'unit_handler' and g.approved_at is not null and g.revoked_at is null
    and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)
  order by p.id limit 100`

/** Who handles for the unit now, names sealed. */
export const listHandlers = (on: Queryable, unitId: string, now: Date): Promise<SealedPerson[]> =>
  prepared<SealedPerson>(on, 'office_handlers', HANDLERS, [unitId, now.toISOString()])
