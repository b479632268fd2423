import type { UnitContact } from '@tongxin/contract'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { unitContacts } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskName, maskPhone } from '../../personal-data/mask.ts'
import { recordChange } from './record-change.ts'

type Row = typeof unitContacts.$inferSelect
interface Said {
  name?: string | undefined
  phone?: string | undefined
  post?: string | null | undefined
}
interface By {
  by: string
  at: Date
}

const MOST = 30

const seal = (cipher: Cipher, id: string, { name, phone, post }: Said) => ({
  ...(name !== undefined && { nameCipher: cipher.encrypt(name, `unit_contacts.name:${id}`) }),
  ...(phone !== undefined && { phoneCipher: cipher.encrypt(phone, `unit_contacts.phone:${id}`) }),
  ...(post !== undefined && { post }),
})

export const openContact = (cipher: Cipher, { id, nameCipher, phoneCipher }: Row) => ({
  id,
  name: cipher.decrypt(nameCipher, `unit_contacts.name:${id}`),
  phone: cipher.decrypt(phoneCipher, `unit_contacts.phone:${id}`),
})

export const presentContact = (cipher: Cipher, row: Row): UnitContact => {
  const { name, phone } = openContact(cipher, row)
  return { id: row.id, name: maskName(name), phone: maskPhone(phone), post: row.post, version: row.version }
}

export const listContacts = (on: Queryable, unitId: string) =>
  on.select().from(unitContacts).where(eq(unitContacts.unitId, unitId)).orderBy(asc(unitContacts.id)).limit(MOST)

/** @throws AppError not_found */
export const findContact = async (on: Queryable, unitId: string, id: string): Promise<Row> => {
  const [row] = await on
    .select()
    .from(unitContacts)
    .where(and(eq(unitContacts.id, id), eq(unitContacts.unitId, unitId)))
  if (!row) throw new AppError('not_found')
  return row
}

/** The unit's row is locked. @throws AppError unprocessable where there are as many as anybody will read */
export async function addContact(
  tx: Tx,
  cipher: Cipher,
  unitId: string,
  said: Required<Said> & { name: string; phone: string },
  { by, at }: By,
): Promise<Row> {
  if ((await listContacts(tx, unitId)).length >= MOST) {
    const message = `一个单位最多登记 ${MOST} 位联系人`
    throw new AppError('unprocessable', { reason: 'too_many_contacts', detail: message })
  }
  const id = newId(at)
  const values = { id, unitId, ...seal(cipher, id, said) } as typeof unitContacts.$inferInsert
  const [row] = await tx.insert(unitContacts).values(values).returning()
  await recordChange(tx, { unitId, at, by, what: 'contact_added', details: { post: row!.post } })
  return row!
}

const assertSeen = (row: Row, version: number): void => {
  if (row.version !== version) throw new AppError('stale_version')
}

/** @throws AppError stale_version */
export async function changeContact(tx: Tx, cipher: Cipher, row: Row, version: number, said: Said, { by, at }: By) {
  assertSeen(row, version)
  const set = { ...seal(cipher, row.id, said), version: sql`${unitContacts.version} + 1` }
  const [changed] = await tx.update(unitContacts).set(set).where(eq(unitContacts.id, row.id)).returning()
  await recordChange(tx, { unitId: row.unitId, at, by, what: 'contact_changed', details: { post: changed!.post } })
  return changed!
}

/** Their name and number are gone for good; that there was somebody stays. @throws AppError stale_version */
export async function removeContact(tx: Tx, row: Row, version: number, { by, at }: By): Promise<void> {
  assertSeen(row, version)
  await tx.delete(unitContacts).where(eq(unitContacts.id, row.id))
  await recordChange(tx, { unitId: row.unitId, at, by, what: 'contact_removed', details: { post: row.post } })
}
