import type { newHousehold } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { households } from '../../db/schema/households.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { sealDoor } from './door.ts'

/** @throws the constraint `households_door_unique` when the building has this door */
export async function addHousehold(tx: Tx, cipher: Cipher, household: z.infer<typeof newHousehold>, at: Date) {
  const id = newId(at)
  const [added] = await tx
    .insert(households)
    .values({
      id,
      buildingCode: household.buildingCode,
      ...sealDoor(cipher, id, household.door),
      areaHundredths: household.areaHundredths ?? null,
      createdAt: at,
    })
    .returning()
  return added!
}
