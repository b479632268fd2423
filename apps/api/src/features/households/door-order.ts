import { decodeCursor, invalidCursor } from '../../http/cursor.ts'
import { type Cipher, DecryptionError } from '../../personal-data/cipher.ts'
import { normalDoor, openDoor } from './door.ts'

interface Home {
  id: string
  buildingCode: string
  doorCipher: string
}

const { compare } = new Intl.Collator('zh-CN', { numeric: true })
/** As the index has it: the next page goes on behind the building this one ended in. */
const ordered = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** What a cursor of these lists holds: the home a page ended with, its door sealed as it is kept, for addresses are written into logs. */
export const placeOf = ({ buildingCode, doorCipher, id }: Home) => [buildingCode, doorCipher, id] as const

/** @throws AppError invalid_input when the cursor does not come from such a list */
export function readPlace(cipher: Cipher, cursor: string | undefined): Home | null {
  const values = decodeCursor(cursor, ['text', 'text', 'uuid'])
  if (!values) return null
  const [buildingCode, doorCipher, id] = values
  const place = { buildingCode, doorCipher, id }
  try {
    openDoor(cipher, place)
  } catch (error) {
    if (error instanceof DecryptionError) throw invalidCursor()
    throw error
  }
  return place
}

/**
 * By building, then as doors are counted: 2单元201 before 2单元1001. No index can hold that order, for doors are sealed; whoever may
 * not see them gets no order by them either. Of these, what comes `after` a place, whether its home is still there or not.
 */
export function inDoorOrder<H extends Home>(
  cipher: Cipher,
  homes: readonly H[],
  { after, seesDoor = () => true }: { after: Home | null; seesDoor?: (buildingCode: string) => boolean },
): H[] {
  const doorOf = (home: Home) => (seesDoor(home.buildingCode) ? normalDoor(openDoor(cipher, home)) : '')
  const keyed = <T extends Home>(home: T) => ({ home, door: doorOf(home) })
  type Keyed = ReturnType<typeof keyed>
  const order = (a: Keyed, b: Keyed): number =>
    ordered(a.home.buildingCode, b.home.buildingCode) || compare(a.door, b.door) || ordered(a.home.id, b.home.id)
  const last = after && keyed(after)
  return homes
    .map(keyed)
    .filter((each) => !last || order(each, last) > 0)
    .toSorted(order)
    .map(({ home }) => home)
}
