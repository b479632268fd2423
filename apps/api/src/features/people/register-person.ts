import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { people } from '../../db/schema/people.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { sealName, sealPhone } from './personal-fields.ts'

export interface Registration {
  name?: string
  phone?: string
  regionCode: string | null
  /** The number was proved by a code. */
  phoneProved?: boolean
  at: Date
}

/** @throws the constraint `people_phone_hash_unique` when the number is on record */
export async function registerPerson(tx: Tx, cipher: Cipher, registration: Registration) {
  const { name, phone, regionCode, phoneProved, at } = registration
  const id = newId(at)
  const [person] = await tx
    .insert(people)
    .values({
      id,
      ...(name !== undefined && sealName(cipher, id, name)),
      ...(phone !== undefined && sealPhone(cipher, id, phone)),
      level: phoneProved ? 'phone' : 'guest',
      regionCode,
      createdAt: at,
    })
    .returning()
  return person!
}
