import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Caller, COMMUNITY, DAY, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { sealCommunities } from '../evidence/index.ts'
import { verifyRecord } from './index.ts'

interface Sealed {
  t: TestApp
  resident: Caller
  /** Uuids of two matters; the first has a photo. */
  first: string
  second: string
  photo: string
}

const uuidOf = (publicId: string) => publicId.slice(-36)

/** A photo of this person's, not bound to anything yet; its public id. */
const aPhoto = async (t: TestApp, personId: string, content: string): Promise<{ id: string; hash: string }> => {
  const { hash } = await t.deps.storage.put(Buffer.from(content))
  const id = randomUUID()
  await t.deps.pool.query(
    `insert into attachments (community_code, id, content_hash, thumb_hash, media_type, width, height, bytes, uploaded_by, source_hash, uploaded_at)
     values ($1, $2, $3, $3, 'image/jpeg', 1, 1, $4, $5, 'test', $6)`,
    [COMMUNITY, id, hash, content.length, personId, t.deps.clock.now()],
  )
  return { id: `${COMMUNITY}-${id}`, hash }
}

/** Two matters on their way, sealed at the day's end; nobody touched anything. */
const aRecord = async (): Promise<Sealed> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const resident = await t.as('resident')
  const officer = await t.as('officer')
  const photo = await aPhoto(t, String(resident.personId), '一张照片')
  const first = await raiseAs(resident, { photos: [photo.id] })
  await must(officer, first, 'accept', ACCEPTED)
  await must(officer, first, 'comment', { text: '明天上门' })
  const second = await raiseAs(resident)
  await must(resident, second, 'withdraw')
  t.clock.advance(DAY)
  await sealCommunities(t.deps, undefined)
  return { t, resident, first: uuidOf(first), second: uuidOf(second), photo: photo.hash }
}

/** As somebody with the database in hand would, past the triggers that refuse it. */
const tamper = ({ t }: Sealed, sql: string) =>
  t.deps.pool.query(`begin; set local session_replication_role = replica; ${sql}; commit`)

const eventsOf = (id: string) => `events where subject_id = '${id}'`
const whereEvent = (id: string, seq: number) => `where subject_id = '${id}' and seq = ${seq}`

describe('the whole record', () => {
  it('fits when nobody touched it', async () => {
    const { t } = await aRecord()
    const seen: number[] = []
    const verified = await verifyRecord(t.deps, (done, total) => seen.push(done / total))
    // The officer's power was asked for and granted, on record as well.
    expect(verified).toMatchObject({ events: 7, photos: 1, mismatch: null })
    expect(verified.seals).toBeGreaterThanOrEqual(1)
    expect(verified.leaves).toBe(3)
    expect(seen.at(-1)).toBe(1)
  })

  it('still fits when a raiser’s data were erased', async () => {
    const record = await aRecord()
    const { t, resident, second } = record
    const again = await t.as({ id: String(resident.personId) })
    await must(again, `${COMMUNITY}-${second}`, 'erase_personal', { reason: '不再需要' })
    const { rows } = await t.deps.pool.query(
      `select count(*)::int as n from ${eventsOf(second)} and personal_hash is not null and personal is null`,
    )
    expect(rows[0].n).toBeGreaterThan(0)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it.each<[string, (record: Sealed) => string, (record: Sealed) => Record<string, unknown>]>([
    [
      'an event that was altered',
      ({ first }) => `update events set record = record || '{"urgency":"urgent"}' ${whereEvent(first, 2)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, seq: 2, reason: 'record_altered' }),
    ],
    [
      'words that were altered',
      ({ first }) => `update events set personal = personal || '{"text":"从未答应"}' ${whereEvent(first, 3)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, seq: 3, reason: 'personal_altered' }),
    ],
    [
      'words that vanished without an erasure on record',
      ({ first }) => `update events set personal = null, personal_salt = null ${whereEvent(first, 3)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, seq: 3, reason: 'personal_missing' }),
    ],
    [
      'a time that was moved',
      ({ first }) => `update events set occurred_at = occurred_at - interval '1 day' ${whereEvent(first, 2)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, seq: 2, reason: 'hash_mismatch' }),
    ],
    [
      'an event removed from the middle',
      ({ first }) => `delete from events ${whereEvent(first, 2)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, seq: 3, reason: 'gap', expected: 2, found: 3 }),
    ],
    [
      'an event removed from the end',
      ({ first }) => `delete from events ${whereEvent(first, 3)}`,
      ({ first }) => ({
        subject: `issue:${COMMUNITY}-${first}`,
        seq: 2,
        reason: 'row.last_seq',
        expected: 2,
        found: 3,
      }),
    ],
    [
      'a whole chain removed',
      ({ first }) => `delete from ${eventsOf(first)}`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, reason: 'events_missing' }),
    ],
    [
      'a row removed',
      ({ second }) => `delete from issues where id = '${second}'`,
      ({ second }) => ({ subject: `issue:${COMMUNITY}-${second}`, reason: 'row_missing' }),
    ],
    [
      'a state that was edited',
      ({ first }) => `update issues set state = 'closed' where id = '${first}'`,
      ({ first }) => ({
        subject: `issue:${COMMUNITY}-${first}`,
        reason: 'row.state',
        expected: '"accepted"',
        found: '"closed"',
      }),
    ],
    [
      'a deadline that was edited',
      ({ first }) => `update issues set due_at = due_at + interval '9 days' where id = '${first}'`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, reason: 'row.dueAt' }),
    ],
    [
      'a text that was edited, without showing it',
      ({ first }) => `update issues set body = '另一回事' where id = '${first}'`,
      ({ first }) => ({ subject: `issue:${COMMUNITY}-${first}`, reason: 'row.body', expected: null, found: null }),
    ],
    [
      'a leaf of a seal that was changed',
      ({ second }) => `update seal_leaves set hash = repeat('0', 64) where subject_id = '${second}'`,
      ({ second }) => ({
        subject: `issue:${COMMUNITY}-${second}`,
        reason: 'sealed_event_differs',
        expected: '0'.repeat(64),
      }),
    ],
    [
      'a leaf of a seal that was removed',
      ({ second }) => `delete from seal_leaves where subject_id = '${second}'`,
      () => ({ subject: `seal:${COMMUNITY}-1` }),
    ],
    [
      'a seal that was dated back',
      () => `update seals set date = date - 1 where community_code = '${COMMUNITY}'`,
      () => ({ subject: `seal:${COMMUNITY}-1`, reason: 'seal.hash' }),
    ],
    [
      'a photo taken off the record',
      ({ photo }) => `delete from attachments where content_hash = '${photo}'`,
      ({ first }) => ({
        subject: `issue:${COMMUNITY}-${first}`,
        seq: 1,
        reason: 'photo_row_missing',
        expected: 1,
        found: 0,
      }),
    ],
  ])('names %s', async (_what, sql, mismatch) => {
    const record = await aRecord()
    await tamper(record, sql(record))
    expect((await verifyRecord(record.t.deps)).mismatch).toMatchObject(mismatch(record))
  })

  it('names a photo whose file was swapped, or is gone', async () => {
    const { t, first, photo } = await aRecord()
    writeFileSync(path.join(t.deps.config.dataDir, 'files', photo.slice(0, 2), photo), '另一张照片')
    const where = { subject: `issue:${COMMUNITY}-${first}`, seq: 1 }
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ ...where, reason: 'photo_altered' })
    await t.deps.storage.delete(photo)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ ...where, reason: 'photo_missing' })
  })
})
