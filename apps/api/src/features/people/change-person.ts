import type { personChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { people } from '../../db/schema/people.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { sealName, sealPhone } from './personal-fields.ts'

/** A number that leads to somebody is taken off also where the record was merged into theirs: it may be another's by now. */
const onlyTakesOff = ({ phone, ...rest }: z.infer<typeof personChange>): boolean =>
  phone === null && Object.keys(rest).length === 0

/** @throws AppError stale_version, not_found when the person was anonymised, or merged into another and more than its number goes */
export async function changePerson(
  tx: Tx,
  cipher: Cipher,
  person: typeof people.$inferSelect,
  version: number,
  change: z.infer<typeof personChange>,
) {
  if (person.anonymisedAt || (person.mergedInto && !onlyTakesOff(change))) throw new AppError('not_found')
  if (person.version !== version) throw new AppError('stale_version')
  const { name, phone, ...columns } = change
  const [changed] = await tx
    .update(people)
    .set({
      ...columns,
      ...(name !== undefined && sealName(cipher, person.id, name)),
      ...(phone !== undefined &&
        (phone === null ? { phoneCipher: null, phoneHash: null } : sealPhone(cipher, person.id, phone))),
      version: sql`${people.version} + 1`,
    })
    .where(eq(people.id, person.id))
    .returning()
  return changed!
}
