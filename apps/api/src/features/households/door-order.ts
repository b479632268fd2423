import type { Cipher } from '../../personal-data/cipher.ts'
import { normalDoor, openDoor } from './door.ts'

interface Home {
  id: string
  buildingCode: string
  doorCipher: string
}

const { compare } = new Intl.Collator('zh-CN', { numeric: true })

/**
 * By building, then as doors are counted: 2单元201 before 2单元1001. No index can hold that order, for doors are sealed; whoever may
 * not see them gets no order by them either.
 */
export function inDoorOrder<H extends Home>(
  cipher: Cipher,
  homes: readonly H[],
  seesDoor: (buildingCode: string) => boolean = () => true,
): H[] {
  const doors = new Map(
    homes.map((home) => [home.id, seesDoor(home.buildingCode) ? normalDoor(openDoor(cipher, home)) : '']),
  )
  const doorOf = ({ id }: Home) => doors.get(id) ?? ''
  return homes.toSorted(
    (a, b) =>
      compare(a.buildingCode, b.buildingCode) ||
      compare(doorOf(a), doorOf(b)) ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  )
}

/** The lines after the one a page ended with. */
export const following = <H extends Home>(
  homes: readonly H[],
  after: readonly [string, string] | null,
  count: number,
): H[] => {
  const from = after ? homes.findIndex(({ id }) => id === after[1]) + 1 : 0
  return homes.slice(from, from + count)
}
