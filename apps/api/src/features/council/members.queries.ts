import type { AttendanceClass } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { RegionTree } from '../regions/index.ts'

const IN_FORCE = `g.approved_at is not null and g.revoked_at is null
  and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)`

const MEMBERS = `
  select g.person_id as "personId", p.name_cipher as "nameCipher",
    case when bool_or(g.role = 'representative') then 'representative' else 'party_member' end as class
  from grants g join people p on p.id = g.person_id
  where g.region_code = any($1::text[]) and g.role in ('representative', 'party_member') and ${IN_FORCE}
  group by g.person_id, p.name_cipher order by class desc, g.person_id`

export interface MemberRow {
  personId: string
  nameCipher: string | null
  class: Exclude<AttendanceClass, 'staff'>
}

/** Regions whose grants speak for the community: itself, what lies within it, and what it lies within. */
const regionsOf = (tree: RegionTree, communityCode: string): string[] => [
  ...tree.subtree(communityCode),
  ...[...tree.upwards(communityCode)].slice(1).map(({ code }) => code),
]

/** The council: who is both counts as a residents' representative, so that nobody counts twice. */
export const listMembers = (on: Queryable, tree: RegionTree, communityCode: string, now: Date): Promise<MemberRow[]> =>
  prepared<MemberRow>(on, 'council_members', MEMBERS, [regionsOf(tree, communityCode), now.toISOString()])

const CLASS = `
  select case when bool_or(g.role = 'representative') then 'representative'
    when bool_or(g.role = 'party_member') then 'party_member' else 'staff' end as class
  from grants g where g.person_id = $3 and ${IN_FORCE}
    and ((g.role in ('representative', 'party_member') and g.region_code = any($1::text[]))
      or (g.role in ('officer', 'secretary') and g.region_code = any($4::text[])))
  having count(*) > 0`

/** In which class this person sits; null when they have no place at the council. */
export const findClass = async (
  on: Queryable,
  tree: RegionTree,
  communityCode: string,
  personId: string,
  now: Date,
): Promise<AttendanceClass | null> => {
  const above = [...tree.upwards(communityCode)].map(({ code }) => code)
  const [row] = await prepared<{ class: AttendanceClass }>(on, 'council_class', CLASS, [
    regionsOf(tree, communityCode),
    now.toISOString(),
    personId,
    above,
  ])
  return row?.class ?? null
}
