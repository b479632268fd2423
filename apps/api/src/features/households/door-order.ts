import type { Cipher } from '../../personal-data/cipher.ts'
import { normalDoor, openDoor } from './door.ts'

interface Home {
  id: string
  buildingCode: string
  doorCipher: string
}

const { compare } = new Intl.Collator('zh-CN', { numeric: true })
/** As the index has it: the next page goes on behind the building this one ended in. */
const ordered = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

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
    (a, b) => ordered(a.buildingCode, b.buildingCode) || compare(doorOf(a), doorOf(b)) || ordered(a.id, b.id),
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
