import type { AttendanceClass } from '@tongxin/contract'
import { CLASSES, type CouncilClass } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { RegionTree } from '../regions/index.ts'

/** At the moment `$2`. A seat taken away later was held until then. */
export const inForce = (g: string) => `${g}.approved_at <= $2 and (${g}.revoked_at is null or ${g}.revoked_at > $2)
  and (${g}.valid_from is null or ${g}.valid_from <= $2) and (${g}.valid_to is null or ${g}.valid_to > $2)`

/** The class of a seat: by its role, or, where it is a unit's, by what kind of unit. */
export const classOf = (g: string, u: string) => `case when ${g}.unit_id is null then ${g}.role
  when ${u}.kind = 'committee' then 'staff_member' else 'unit_member' end`
const UNIT = `case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end`
/** One person's several seats count as the first of these. */
const ORDER = `array['${CLASSES.join(`', '`)}']`

const MEMBERS = `
  select distinct on (g.person_id) g.person_id as "personId", p.name_cipher as "nameCipher", ${classOf('g', 'u')} as class,
    ${UNIT} as unit,
    g.region_code as "regionCode", greatest(g.approved_at, g.valid_from) as since, g.valid_to as until,
    g.id as "seatId", coalesce((
      select json_agg(json_build_object('personId', d.id, 'nameCipher', d.name_cipher, 'seatId', e.id,
        'since', greatest(e.approved_at, e.valid_from), 'until', e.valid_to) order by e.id)
      from (select e.id, e.person_id, e.approved_at, e.revoked_at, e.valid_from, e.valid_to
        from grants e where e.deputy_for = g.person_id and e.role = g.role and e.unit_id is not distinct from g.unit_id
          and e.region_code = any($1::text[])) e
      join people d on d.id = e.person_id where ${inForce('e')}
    ), '[]') as deputies
  from grants g join people p on p.id = g.person_id left join units u on u.id = g.unit_id
  where g.region_code = any($1::text[]) and g.role in ('representative', 'party_member') and g.deputy_for is null
    and ${inForce('g')}
  order by g.person_id, array_position(${ORDER}, ${classOf('g', 'u')}), g.id`

/** Instants as ISO strings. */
export interface MemberRow {
  personId: string
  nameCipher: string | null
  class: CouncilClass
  /** Whose seat it is, where it is a unit's. */
  unit: { id: string; name: string } | null
  regionCode: string
  since: string
  until: string | null
  seatId: string
  deputies: { personId: string; nameCipher: string | null; seatId: string; since: string; until: string | null }[]
}

/** Regions whose grants speak for the community: itself, what lies within it, and what it lies within. */
export const regionsOf = (tree: RegionTree, communityCode: string): string[] => [
  ...tree.subtree(communityCode),
  ...[...tree.upwards(communityCode)].slice(1).map(({ code }) => code),
]

/** The council: who is both counts as a residents' representative, so that nobody counts twice. */
export const listMembers = (on: Queryable, tree: RegionTree, communityCode: string, now: Date): Promise<MemberRow[]> =>
  prepared<MemberRow>(on, 'council_members', MEMBERS, [regionsOf(tree, communityCode), now.toISOString()])

const PLACES = `
  select case when g.role in ('representative', 'party_member') then ${classOf('g', 'u')} else 'staff' end as class,
    g.deputy_for as "standsFor"
  from grants g left join units u on u.id = g.unit_id where g.person_id = $3 and ${inForce('g')}
    and (g.deputy_for is null or exists (select from grants s where s.person_id = g.deputy_for and s.deputy_for is null
      and s.role = g.role and s.unit_id is not distinct from g.unit_id and s.region_code = any($1::text[]) and ${inForce('s')}))
    and ((g.role in ('representative', 'party_member') and g.region_code = any($1::text[]))
      or (g.role in ('officer', 'secretary') and g.region_code = any($4::text[])))
  order by g.deputy_for is not null, g.role not in ('representative', 'party_member'), array_position(${ORDER}, ${classOf('g', 'u')}), g.id`

/** How somebody sits at the council: for themselves, or as the deputy of a member. */
export interface Place {
  class: AttendanceClass
  standsFor: string | null
}

/**
 * The places this person may take: the seat of their own first, else that of staff, else those of the members whose deputy
 * they are, as long as the member has the seat. Empty for somebody without a place at the council.
 */
export const listPlaces = async (
  on: Queryable,
  tree: RegionTree,
  communityCode: string,
  personId: string,
  now: Date,
): Promise<Place[]> => {
  const above = [...tree.upwards(communityCode)].map(({ code }) => code)
  const places = await prepared<Place>(on, 'council_places', PLACES, [
    regionsOf(tree, communityCode),
    now.toISOString(),
    personId,
    above,
  ])
  const own = places.find(({ standsFor }) => standsFor === null)
  return own ? [own] : places
}

/** Whether this person is a member: a deputy is none, nor is staff. */
export const hasSeat = async (
  on: Queryable,
  tree: RegionTree,
  communityCode: string,
  personId: string,
  now: Date,
): Promise<boolean> =>
  (await listPlaces(on, tree, communityCode, personId, now)).some(
    (place) => place.standsFor === null && place.class !== 'staff',
  )

const SEATS = `
  select g.id, g.person_id as "personId", p.name_cipher as "nameCipher", ${classOf('g', 'u')} as class, ${UNIT} as unit,
    g.region_code as "regionCode", greatest(g.approved_at, g.valid_from) as since, least(g.valid_to, g.revoked_at) as until, g.deputy_for as "deputyFor",
    q.name_cipher as "deputyForNameCipher", g.revoked_reason as "endedBecause"
  from grants g join people p on p.id = g.person_id left join people q on q.id = g.deputy_for
    left join units u on u.id = g.unit_id
  where g.region_code = any($1::text[]) and g.role in ('representative', 'party_member') and g.approved_at is not null
    and ($2::uuid is null or g.id < $2)
  order by g.id desc limit $3`

export interface SeatRow extends Omit<MemberRow, 'deputies' | 'seatId'> {
  id: string
  deputyFor: string | null
  deputyForNameCipher: string | null
  endedBecause: string | null
}

/** Every seat ever given, the newest first: some dozens in a community's life. */
export const listSeats = (
  on: Queryable,
  tree: RegionTree,
  communityCode: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<SeatRow[]> => prepared<SeatRow>(on, 'council_seats', SEATS, [regionsOf(tree, communityCode), after, limit])
