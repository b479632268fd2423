import { councilRoutes } from '@tongxin/contract'
import { canonicalForm, hashText } from '@tongxin/evidence'
import { describe, expect, it } from 'vitest'
import { later, ok } from '../../../test/support/held-meeting.ts'
import { DAY } from '../../../test/support/index.ts'
import { amend, amended, answer, confirm, held, locked, publish, read, refused } from '../../../test/support/minutes.ts'
import { verifyRecord } from '../verification/index.ts'

describe('a confirmation', () => {
  it('waits for the time to be over, and is of the version it saw', async () => {
    const before = await held()
    const { id } = before
    expect(refused(await confirm(before.officer, id))).toEqual([409, 'not_published'])
    ok(await publish(before.officer, id))
    expect(refused(await confirm(before.officer, id))).toEqual([409, 'amendments_running'])
    const { officer, members } = await later(before, 3 * DAY + 1)
    expect((await confirm(officer, id, 1)).status).toBe(412)
    ok(await confirm(officer, id))
    ok(await confirm(members[0], id))
    expect(refused(await confirm(members[0], id))).toEqual([409, 'already_confirmed'])
    const back = { params: { id }, ifMatch: 2, body: { reason: '时间写错了' } }
    expect(ok(await officer.call(councilRoutes.takeBackMinutes, back))).toMatchObject({
      state: 'draft',
      version: 3,
      amendUntil: null,
      confirmations: { chair: false, members: 0, by: [] },
    })
  })

  it('needs the chair and two members, or as many as were there', async () => {
    const four = await amended()
    for (const member of four.members.slice(0, 3)) ok(await confirm(member, four.id))
    expect((await read(four.officer, four.id)).state).toBe('amending')
    expect(ok(await confirm(four.officer, four.id)).state).toBe('confirmed')
  })

  it('of the chair is enough with the one other member who was there', async () => {
    const { officer, members, id } = await amended(1)
    ok(await confirm(officer, id))
    expect(refused(await confirm(members[1], id))).toEqual([403, 'not_an_attendee'])
    expect(ok(await confirm(members[0], id)).state).toBe('confirmed')
  })

  it('falls to the secretary where who presided has no place at the council any more', async () => {
    const { t, officer, secretary, members, id } = await amended()
    expect((await confirm(secretary, id)).status).toBe(403)
    await t.deps.pool.query('update grants set revoked_at = $2, revoked_by = person_id where person_id = $1', [
      officer.personId,
      t.clock.now(),
    ])
    for (const caller of [members[0], members[1]]) ok(await confirm(caller, id))
    expect(ok(await confirm(secretary, id))).toMatchObject({ state: 'confirmed', confirmations: { chair: true } })
  })

  it.each([1, 2, 3])('counts each of several that come at once, and none after the last needed (%i)', async () => {
    const { t, officer, members, id } = await amended()
    ok(await confirm(officer, id))
    const { version } = await read(officer, id)
    const replies = await Promise.all(members.map((member) => confirm(member, id, version)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409])
    expect(replies.filter(({ status }) => status === 409).map(refused)).toEqual([
      [409, 'minutes_locked'],
      [409, 'minutes_locked'],
    ])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('and an amendment accepted at the same moment do not both stand', async () => {
    const before = await held()
    const { id } = before
    ok(await publish(before.officer, id))
    ok(await amend(before.members[0], id, { text: '应写明数量' }))
    const { officer, secretary } = await later(before, 3 * DAY + 1)
    const { version } = await read(officer, id)
    const [answered, confirmed] = await Promise.all([
      answer(secretary, id, { accepted: true, reply: '已写明', note: '六盏。' }, version),
      confirm(officer, id, version),
    ])
    expect(answered.status).toBe(200)
    expect([409, 412]).toContain(confirmed.status)
  })
})

describe('what is confirmed', () => {
  it('is locked: nothing is amended, revised, taken back or confirmed any more', async () => {
    const { officer, members, id } = await locked()
    const { version } = await read(officer, id)
    const body = { reason: '要改' }
    const replies = [
      await amend(members[1], id, { text: '应写明数量' }),
      await confirm(members[1], id),
      await publish(officer, id),
      await officer.call(councilRoutes.takeBackMinutes, { params: { id }, ifMatch: version, body }),
      await officer.call(councilRoutes.reviseMinutes, {
        params: { id },
        ifMatch: 1,
        body: { notes: [], remarks: '无' },
      }),
    ]
    expect(replies.map(refused)).toEqual(replies.map(() => [409, 'minutes_locked']))
  })

  it('is refused every change by the database itself', async () => {
    const { t } = await locked()
    for (const sql of [
      `update minutes set content = '{}'`,
      `update minutes set state = 'draft', published_at = null, amend_until = null, confirmed_at = null`,
      'delete from minutes_confirmations',
      'update minutes_confirmations set version = 9',
      'delete from minutes_numbers',
    ])
      await expect(t.deps.pool.query(sql)).rejects.toThrow(/never changed/)
  })

  it('has its hash in the chain of the meeting, and anybody recomputes it from the public text', async () => {
    const { t, id } = await locked()
    const { content, hash, hashName } = await read(t.nobody, id)
    expect(hashText(hashName, canonicalForm(content))).toBe(hash)
    const { rows } = await t.deps.pool.query(
      `select action, record from events where subject_type = 'meeting' and action like '%minutes' order by seq`,
    )
    const steps = ['draft', 'publish', 'confirm', 'confirm', 'confirm', 'lock'].map((step) => `${step}_minutes`)
    expect(rows.map(({ action }) => action)).toEqual(steps)
    expect(rows.at(-1)?.record).toEqual({ number: '2026-01', version: 2, hash, hashName })
  })

  it.each([
    ['minutes', `content = jsonb_set(content, '{remarks}', '"追加预算"')`, 'minutes.content'],
    ['minutes', `content = jsonb_set(content, '{items,0,resolution}', '"不予更换"')`, 'minutes.content'],
    ['minutes', `content_hash = repeat('0', 64)`, 'minutes.contentHash'],
    ['minutes', `content = jsonb_set(content, '{number}', '"2026-09"')`, 'minutes.number'],
    ['minutes', `amend_until = amend_until - interval '2 days'`, 'minutes.amendUntil'],
    ['minutes_confirmations', `"as" = 'chair'`, 'minutes_confirmations.as'],
  ])('edited by hand in %s (%s) is named', async (table, edit, reason) => {
    const { t } = await locked()
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    const client = await t.deps.pool.connect()
    await client.query('begin; set local session_replication_role = replica')
    await client.query(`update ${table} set ${edit}`)
    await client.query('commit')
    client.release()
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason })
  })
})
