import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db, Queryable, Tx } from '../../db/connect.ts'
import { accounts, people, phoneCodes, sessions, signIns } from '../../db/schema/index.ts'

export interface SessionRow {
  id: string
  personId: string
  seed: Buffer
  rotation: number
  method: 'password' | 'phone'
  createdAt: Date
  usedAt: Date
  expiresAt: Date
}

export const findAccount = async (db: Queryable, username: string) => {
  const [account] = await db
    .select({ personId: accounts.personId, passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(eq(accounts.username, username))
  return account
}

/** Notes that they sign in; in one statement, so that a lock set meanwhile either sees their session or is seen here. @returns whether they may */
export const noteSignIn = async (on: Queryable, personId: string, at: Date): Promise<boolean> => {
  const noted = await on
    .insert(signIns)
    .values({ personId, lastAt: at })
    .onConflictDoUpdate({ target: signIns.personId, set: { lastAt: at }, setWhere: isNull(signIns.lockedAt) })
    .returning({ personId: signIns.personId })
  return noted.length > 0
}

export const insertSession = (tx: Queryable, session: SessionRow & { device: string | null }) =>
  tx.insert(sessions).values(session)

export const lockLiveSession = async (tx: Tx, id: string, now: Date): Promise<SessionRow | undefined> => {
  const [session] = await tx
    .select({
      id: sessions.id,
      personId: sessions.personId,
      seed: sessions.seed,
      rotation: sessions.rotation,
      method: sessions.method,
      createdAt: sessions.createdAt,
      usedAt: sessions.usedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .for('update')
  return session
}

export const rotateSession = (tx: Tx, { id, rotation, usedAt, expiresAt }: SessionRow) =>
  tx.update(sessions).set({ rotation, usedAt, expiresAt }).where(eq(sessions.id, id))

export const revokeSession = (on: Queryable, id: string, revokedAt: Date) =>
  on
    .update(sessions)
    .set({ revokedAt })
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)))
    .returning({ personId: sessions.personId })

export const purgeSessions = async (db: Db, before: Date) => {
  await db.delete(sessions).where(or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before)))
  await db.delete(phoneCodes).where(lt(phoneCodes.expiresAt, before))
}

export const storePhoneCode = (
  db: Queryable,
  code: { phoneHash: string; codeHash: string; sentAt: Date; expiresAt: Date },
) =>
  db
    .insert(phoneCodes)
    .values(code)
    .onConflictDoUpdate({ target: phoneCodes.phoneHash, set: { ...code, attempts: 0 } })

/** One try at the number's code: counts it and says whether it was right; a right one is gone. */
export const tryPhoneCode = async (
  tx: Tx,
  phoneHash: string,
  codeHash: string,
  now: Date,
  most: number,
): Promise<boolean> => {
  const used = await tx
    .delete(phoneCodes)
    .where(
      and(
        eq(phoneCodes.phoneHash, phoneHash),
        eq(phoneCodes.codeHash, codeHash),
        gt(phoneCodes.expiresAt, now),
        lt(phoneCodes.attempts, most),
      ),
    )
    .returning({ phoneHash: phoneCodes.phoneHash })
  if (used.length > 0) return true
  await tx
    .update(phoneCodes)
    .set({ attempts: sql`${phoneCodes.attempts} + 1` })
    .where(eq(phoneCodes.phoneHash, phoneHash))
  return false
}

export const readMe = async (on: Queryable, personId: string) => {
  const [person] = await on
    .select({
      id: people.id,
      nameCipher: people.nameCipher,
      phoneCipher: people.phoneCipher,
      level: people.level,
      username: accounts.username,
    })
    .from(people)
    .leftJoin(accounts, eq(accounts.personId, people.id))
    .where(eq(people.id, personId))
  return person
}
