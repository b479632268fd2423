import { accountRoutes as accounts, grantRoutes, peopleRoutes, sessionRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createCaller } from '../../../test/support/caller.ts'
import {
  COMMUNITY,
  grant,
  MINUTE,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
  type TestPerson,
} from '../../../test/support/index.ts'
import { refusingSms } from '../../channels/sms.ts'
import { AlreadyFounded, foundInstallation } from './found-installation.ts'

let t: TestApp
beforeAll(async () => {
  t = await startTestApp()
})
afterAll(() => t.close())

const DISTRICT = COMMUNITY.slice(0, 6)
const PASSWORD = 'a quiet morning 7'
const REASON = { reason: '手机丢失' }
const lastCode = () => /\d{6}/.exec(t.sent.at(-1)?.text ?? '')?.[0] ?? ''

async function byCode({ phone }: TestPerson) {
  t.clock.advance(2 * MINUTE)
  await t.nobody.call(sessionRoutes.requestPhoneCode, { body: { phone } })
  return t.nobody.call(sessionRoutes.phoneSignIn, { body: { phone, code: lastCode() } })
}
const byPassword = (username: string, password = PASSWORD) =>
  t.nobody.call(sessionRoutes.signIn, { body: { username, password } })
const asFresh = async (person: TestPerson) => createCaller(t.base, person.id, (await byCode(person)).body.accessToken)
/** Somebody of the staff who has set a password. */
async function withPassword(username: string, role: 'officer' | 'secretary' | 'administrator' = 'officer') {
  const person = await t.aPerson({ role })
  const set = await (await asFresh(person)).call(accounts.setPassword, { body: { username, newPassword: PASSWORD } })
  expect(set.status).toBe(200)
  return person
}

describe('one’s own account', () => {
  it('is given a user name and a password by whoever just proved their number, and by nobody later', async () => {
    const person = await t.aPerson({ role: 'officer' })
    const fresh = await asFresh(person)
    const before = (await fresh.call(accounts.readOwnAccount)).body
    expect(before).toMatchObject({ username: null, sessions: [{ current: true, method: 'phone' }] })
    expect(before.provedUntil).not.toBeNull()
    const nameless = await fresh.call(accounts.setPassword, { body: { newPassword: PASSWORD } })
    expect(nameless.problem.errors?.[0]?.path).toBe('body.username')
    t.clock.advance(11 * MINUTE)
    const body = { username: 'Lin.Hong', newPassword: PASSWORD }
    expect((await fresh.call(accounts.setPassword, { body })).problem.code).toBe('proof_needed')
    const again = await asFresh(person)
    expect((await again.call(accounts.setPassword, { body })).body.username).toBe('lin.hong')
    expect((await byPassword('lin.hong')).status).toBe(201)
  })

  it('keeps its user name, changes its password by the one before, and ends every other session', async () => {
    const person = await withPassword('keeps')
    const elsewhere = await byPassword('keeps')
    const here = createCaller(t.base, person.id, (await byPassword('keeps')).body.accessToken)
    const change = (currentPassword: string) =>
      here.call(accounts.setPassword, { body: { username: 'other', newPassword: `${PASSWORD}!`, currentPassword } })
    expect((await change('not it')).problem.code).toBe('wrong_credentials')
    const changed = (await change(PASSWORD)).body
    expect(changed).toMatchObject({ username: 'keeps', provedUntil: null, sessions: [{ current: true }] })
    const there = createCaller(t.base, person.id, elsewhere.body.accessToken)
    expect((await there.call(accounts.readOwnAccount)).status).toBe(401)
    expect((await byPassword('keeps')).problem.code).toBe('wrong_credentials')
    expect((await byPassword('keeps', `${PASSWORD}!`)).status).toBe(201)
  })

  it('changes a password by a code to the number on record, which is tried five times', async () => {
    const person = await withPassword('by-code')
    const here = createCaller(t.base, person.id, (await byPassword('by-code')).body.accessToken)
    t.clock.advance(5 * MINUTE)
    expect((await here.call(accounts.requestOwnCode, { idempotencyKey: null })).status).toBe(202)
    expect(t.sent.at(-1)?.phone).toBe(person.phone)
    const right = lastCode()
    const enter = (code: string) => here.call(accounts.setPassword, { body: { newPassword: `${PASSWORD}?`, code } })
    expect((await enter(right === '000000' ? '000001' : '000000')).problem.code).toBe('wrong_code')
    expect((await enter(right)).status).toBe(200)
    expect((await enter(right)).problem.code).toBe('wrong_code')
    for (let i = 0; i < 4; i++) await enter('000000')
    expect((await enter('000000')).status).toBe(429)
    t.clock.advance(60 * MINUTE)
  })

  it('takes no name that is somebody else’s, and no password that is too easy', async () => {
    await withPassword('taken')
    const fresh = await asFresh(await t.aPerson({ role: 'officer' }))
    const set = (username: string, newPassword = PASSWORD) =>
      fresh.call(accounts.setPassword, { body: { username, newPassword } })
    expect((await set('ＴＡＫＥＮ')).problem.code).toBe('username_taken')
    for (const [username, password] of [
      ['x', PASSWORD],
      ['13900001111', PASSWORD],
      ['good', 'short'],
      ['good', 'aaaaaaaaaaaa'],
      ['good', 'a good password'],
    ])
      expect((await set(username!, password)).status).toBe(400)
    expect((await set('good')).status).toBe(200)
  })

  it('shows where one is signed in and ends that, one’s own only', async () => {
    const person = await withPassword('devices')
    const [one, other] = [await t.as(person), await t.as(person)]
    const { sessions } = (await one.call(accounts.readOwnAccount)).body
    const id = sessions.find(({ current }) => current)!.id
    const stranger = await t.as('officer')
    expect((await stranger.call(accounts.endOwnSession, { params: { id } })).status).toBe(404)
    expect((await other.call(accounts.endOwnSession, { params: { id } })).status).toBe(200)
    expect((await one.call(accounts.readOwnAccount)).status).toBe(401)
    expect((await other.call(accounts.endOtherSessions)).body.sessions).toMatchObject([{ current: true }])
  })
})

describe('the accounts of staff', () => {
  it('are listed page by page with what is asked for, never with a number', async () => {
    const person = await withPassword('listed')
    const secretary = await t.as('secretary')
    await t.aPerson({ role: 'grid_worker' })
    await t.aPerson({ role: 'officer', region: NEIGHBOUR })
    const list = async (query: object) => (await secretary.call(accounts.listAccounts, { query })).body
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await list({ limit: 2, cursor })
      seen.push(...items.map((item) => item.person.id))
      if (nextCursor === null) break
      cursor = nextCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toContain(person.id)
    for (const q of ['isted', person.name, person.phone.slice(-4)]) {
      const { items } = await list({ q })
      expect(items.map((item) => item.person.id)).toContain(person.id)
      expect(JSON.stringify(items)).not.toContain(person.phone)
    }
    expect((await list({ q: person.phone.slice(0, 7) })).items).toEqual([])
    const [item] = (await list({ personId: person.id })).items
    expect(item).toMatchObject({ username: 'listed', sessions: 1, locked: null, may: true })
    expect(item?.lastSignInAt).not.toBeNull()
    const none = await list({ status: 'no_password', role: 'grid_worker', limit: 100 })
    expect(none.items.every(({ hasPassword }) => !hasPassword)).toBe(true)
    expect(none.items.length).toBeGreaterThan(0)
  })

  it('locked, end at once and take neither way in, until they are unlocked; each with its record', async () => {
    const person = await withPassword('locked')
    const at = await t.as(person)
    const secretary = await t.as('secretary')
    const params = { personId: person.id }
    const lock = await secretary.call(accounts.lockAccount, { params, body: REASON })
    expect(lock.body).toMatchObject({ sessions: 0, locked: REASON })
    expect((await at.call(sessionRoutes.me)).status).toBe(401)
    expect((await byPassword('locked')).problem.code).toBe('account_locked')
    expect((await byPassword('locked', 'wrong')).problem.code).toBe('wrong_credentials')
    expect((await byCode(person)).problem.code).toBe('account_locked')
    expect((await secretary.call(accounts.lockAccount, { params, body: REASON })).status).toBe(409)
    const locked = await secretary.call(accounts.listAccounts, { query: { status: 'locked' } })
    expect(locked.body.items.map((item) => item.person.id)).toEqual([person.id])
    expect((await secretary.call(accounts.unlockAccount, { params, body: REASON })).body.locked).toBeNull()
    expect((await byPassword('locked')).status).toBe(201)
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: DISTRICT }))
    const records = (await supervisor.call(peopleRoutes.listAuditRecords, { query: { limit: 2 } })).body.items
    expect(records.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['unlock_account', person.id],
      ['lock_account', person.id],
    ])
  })

  it('can be unlocked also where the office has ended meanwhile', async () => {
    const person = await t.aPerson()
    const id = await grant(t.deps, { personId: person.id, role: 'officer' })
    const [secretary, other] = [await t.as('secretary'), await t.as('secretary')]
    const params = { personId: person.id }
    await secretary.call(accounts.lockAccount, { params, body: REASON })
    expect((await other.call(grantRoutes.revokeGrant, { params: { id }, body: REASON })).status).toBe(200)
    const [item] = (await secretary.call(accounts.listAccounts, { query: { status: 'locked' } })).body.items
    expect(item).toMatchObject({ person: { id: person.id }, grants: [], may: true })
    expect((await secretary.call(accounts.unlockAccount, { params, body: REASON })).status).toBe(200)
    expect((await byCode(person)).status).toBe(201)
    expect((await secretary.call(accounts.endSessions, { params, body: REASON })).status).toBe(404)
  })

  it('lose their sessions or their password, and set a new one by a code', async () => {
    const person = await withPassword('reset')
    const params = { personId: person.id }
    const secretary = await t.as('secretary')
    const at = await t.as(person)
    expect((await secretary.call(accounts.endSessions, { params, body: REASON })).body.sessions).toBe(0)
    expect((await at.call(sessionRoutes.me)).status).toBe(401)
    expect((await secretary.call(accounts.removePassword, { params, body: REASON })).body.hasPassword).toBe(false)
    expect((await secretary.call(accounts.removePassword, { params, body: REASON })).status).toBe(409)
    expect((await byPassword('reset')).problem.code).toBe('wrong_credentials')
    const set = { newPassword: `${PASSWORD}+` }
    expect((await (await asFresh(person)).call(accounts.setPassword, { body: set })).status).toBe(200)
    expect((await byPassword('reset', `${PASSWORD}+`)).status).toBe(201)
  })

  it('are not one’s own, not above one, and not elsewhere', async () => {
    const secretary = await t.aPerson({ role: 'secretary' })
    const caller = await t.as(secretary)
    const lock = async (personId: string, by = caller) =>
      (await by.call(accounts.lockAccount, { params: { personId }, body: REASON })).problem?.reason
    expect(await lock(secretary.id)).toBe('own_account')
    const both = await t.aPerson({ role: 'grid_worker' })
    await grant(t.deps, { personId: both.id, role: 'supervisor', region: DISTRICT })
    expect(await lock(both.id)).toBe('account_beyond')
    const above = await t.aPerson({ role: 'supervisor', region: DISTRICT })
    const elsewhere = await t.aPerson({ role: 'officer', region: NEIGHBOUR })
    for (const { id } of [above, elsewhere, await t.aPerson()]) {
      const reply = await caller.call(accounts.lockAccount, { params: { personId: id }, body: REASON })
      expect(reply.status).toBe(404)
    }
    const local = await t.as(await t.aPerson({ role: 'administrator' }))
    expect(await lock(both.id, local)).toBe('account_beyond')
    const wide = await t.as(await t.aPerson({ role: 'administrator', region: DISTRICT }))
    expect(await lock(both.id, wide)).toBeUndefined()
  })
})

it('lets nobody replace the number of somebody above them, and ends what is signed in where one may', async () => {
  const person = await t.aPerson({ role: 'secretary' })
  const worker = await t.aPerson({ role: 'grid_worker' })
  const replace = async (caller: Caller, { id }: TestPerson, phone: string) => {
    const { version } = (await caller.call(peopleRoutes.readPerson, { params: { id } })).body
    return caller.call(peopleRoutes.changePerson, { params: { id }, ifMatch: version, body: { phone } })
  }
  const [officer, secretary, at] = [await t.as('officer'), await t.as('secretary'), await t.as(worker)]
  expect((await replace(officer, person, '13600001001')).problem.reason).toBe('number_of_staff')
  expect((await replace(officer, worker, '13600001002')).problem.reason).toBe('number_of_staff')
  expect((await replace(officer, await t.aPerson(), '13600001003')).status).toBe(200)
  expect((await replace(secretary, worker, '13600001004')).status).toBe(200)
  expect((await at.call(sessionRoutes.me)).status).toBe(401)
  // Their own: not by whoever finds the console open, and what else is signed in ends.
  const self = await t.aPerson({ role: 'officer' })
  const [open, elsewhere] = [await t.as(self), await t.as(self)]
  expect((await replace(open, self, '13600001005')).problem.code).toBe('proof_needed')
  const fresh = await asFresh(self)
  expect((await replace(fresh, self, '13600001005')).status).toBe(200)
  expect((await elsewhere.call(sessionRoutes.me)).status).toBe(401)
  expect((await fresh.call(sessionRoutes.me)).status).toBe(200)
})

it('lets whoever locked an account open it again, whatever its holder once did elsewhere, and shows it to nobody there', async () => {
  const person = await t.aPerson({ role: 'officer' })
  await grant(t.deps, { personId: person.id, role: 'grid_worker', region: NEIGHBOUR })
  await t.deps.pool.query(
    `update grants set revoked_at = $2, revoked_by = approved_by, revoked_reason = '调离' where person_id = $1 and region_code = $3`,
    [person.id, t.clock.now().toISOString(), NEIGHBOUR],
  )
  t.clock.advance(MINUTE)
  const secretary = await t.as('secretary')
  const params = { personId: person.id }
  expect((await secretary.call(accounts.lockAccount, { params, body: REASON })).status).toBe(200)
  const theirs = await t.aPerson()
  await grant(t.deps, { personId: theirs.id, role: 'secretary', region: NEIGHBOUR })
  const shown = await (await t.as(theirs)).call(accounts.listAccounts, { query: { status: 'locked' } })
  expect(shown.body.items).toEqual([])
  expect((await secretary.call(accounts.unlockAccount, { params, body: REASON })).status).toBe(200)
})

it('begins with three who gave one another their offices, once', async () => {
  const own = await startTestApp()
  const [administrator, ...others] = ['金一', '金二', '金三'].map((name, i) => ({ name, phone: `1360000000${i}` }))
  const founding = {
    district: { code: DISTRICT, name: '区' },
    street: { code: COMMUNITY.slice(0, 9), name: '街道' },
    community: { code: COMMUNITY, name: '社区' },
    administrator: administrator!,
    supervisors: [others[0]!, others[1]!] as const,
  }
  const [first] = await foundInstallation(own.deps, founding)
  // Nothing sends messages yet: who asks for a code all the same spoils none.
  const { sms } = own.deps
  own.deps.sms = refusingSms
  const asked = await own.nobody.call(sessionRoutes.requestPhoneCode, { body: { phone: first!.phone } })
  expect(asked.problem.reason).toBe('sms_not_configured')
  own.deps.sms = sms
  const body = { phone: first!.phone, code: first!.code }
  const entered = await own.nobody.call(sessionRoutes.phoneSignIn, { body })
  const caller = createCaller(own.base, entered.body.personId, entered.body.accessToken)
  const grants = [{ role: 'administrator', regionCode: DISTRICT, unitId: null }]
  expect((await caller.call(sessionRoutes.me)).body).toMatchObject({ name: '金一', grants })
  const set = { username: 'first', newPassword: PASSWORD }
  expect((await caller.call(accounts.setPassword, { body: set })).status).toBe(200)
  // Whoever missed theirs has another, and nobody else.
  const again = await foundInstallation(own.deps, founding)
  expect(again.map(({ phone }) => phone)).toEqual(others.map(({ phone }) => phone))
  const administered = again[0]!
  const late = await own.nobody.call(sessionRoutes.phoneSignIn, {
    body: { phone: administered.phone, code: administered.code },
  })
  expect(late.status).toBe(201)
  const strangers = [
    { name: '路人', phone: '13900009991' },
    { name: '路人', phone: '13900009992' },
  ] as const
  await expect(foundInstallation(own.deps, { ...founding, supervisors: strangers })).rejects.toThrow(AlreadyFounded)
  await own.close()
})

it('never locks the last administrator of a region', async () => {
  const own = await startTestApp()
  const person = await own.aPerson({ role: 'administrator' })
  const secretary = await own.as('secretary')
  const lock = (id: string) => secretary.call(accounts.lockAccount, { params: { personId: id }, body: REASON })
  expect((await lock(person.id)).problem.code).toBe('last_administrator')
  const second = await own.aPerson({ role: 'administrator' })
  expect((await lock(person.id)).status).toBe(200)
  expect((await lock(second.id)).problem.code).toBe('last_administrator')
  await own.close()
})
