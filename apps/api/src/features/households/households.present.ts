import type { Household, HouseholdDetail, HouseholdMember } from '@tongxin/contract'
import type { householdMembers, households } from '../../db/schema/households.ts'
import type { people } from '../../db/schema/people.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedName } from '../people/index.ts'
import { openDoor } from './door.ts'

export interface MemberRow {
  member: typeof householdMembers.$inferSelect
  person: Pick<typeof people.$inferSelect, 'id' | 'nameCipher' | 'phoneCipher' | 'level'>
}

export const presentHome = (cipher: Cipher, row: typeof households.$inferSelect, withDoor: boolean) => ({
  id: row.id,
  buildingCode: row.buildingCode,
  door: withDoor ? openDoor(cipher, row) : null,
})

export const presentHousehold = (
  cipher: Cipher,
  row: typeof households.$inferSelect,
  memberCount: number,
  withDoor: boolean,
): Household => ({
  ...presentHome(cipher, row, withDoor),
  areaHundredths: row.areaHundredths,
  memberCount,
  version: row.version,
})

export const presentMembership = (member: MemberRow['member']): Omit<HouseholdMember, 'person'> => ({
  kind: member.kind,
  share:
    member.shareNumerator === null || member.shareDenominator === null
      ? null
      : { numerator: member.shareNumerator, denominator: member.shareDenominator },
  boundBy: member.boundBy,
  boundAt: member.boundAt.toISOString(),
})

export const presentMember = (cipher: Cipher, { member, person }: MemberRow): HouseholdMember => ({
  person: { id: person.id, name: maskedName(cipher, person), level: person.level },
  ...presentMembership(member),
})

export const presentDetail = (
  cipher: Cipher,
  row: typeof households.$inferSelect,
  members: MemberRow[],
  withDoor: boolean,
): HouseholdDetail => ({
  ...presentHousehold(cipher, row, members.length, withDoor),
  members: members.map((member) => presentMember(cipher, member)),
})
