import { routes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { createAccount } from './create-account.ts'
import { addressOf } from './throttle.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const contract = routes.sessions
const PASSWORD = 'correct horse battery'

async function anAccount(username: string) {
  const person = await test.aPerson({ role: 'officer' })
  await createAccount(test.deps.db, { personId: person.id, username, password: PASSWORD, now: test.clock.now() })
  return person
}

const signIn = (username: string, password = PASSWORD, ip = '10.0.0.1') =>
  test.app.inject({
    method: 'POST',
    url: '/v1/sessions',
    payload: { username, password },
    remoteAddress: ip,
  })

const cookieOf = (response: { cookies: { name: string; value: string }[] }) => {
  const cookie = response.cookies.find(({ name }) => name === 'tongxin_refresh')
  return { tongxin_refresh: cookie?.value ?? '' }
}

const refresh = (cookies: Record<string, string>) =>
  test.app.inject({ method: 'POST', url: '/v1/sessions/refresh', cookies })

const me = (token: string) =>
  test.app.inject({ method: 'GET', url: '/v1/me', headers: { authorization: `Bearer ${token}` } })

describe('signing in with a password', () => {
  it('answers a token that says who one is and what one may call', async () => {
    const person = await anAccount('wang')
    const response = await signIn('WANG')
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({ personId: person.id, expiresAt: '2026-03-02T01:15:00.000Z' })
    const answer = (await me(response.json().accessToken)).json()
    expect(answer).toMatchObject({ name: person.name, username: 'wang', level: 'resident' })
    expect(answer.phone).not.toBe(person.phone)
    expect(answer.grants).toEqual([{ role: 'officer', regionCode: '340803002001', unitId: null }])
    expect(answer.permissions).toContain('issues.export')
    expect(answer.permissions).not.toContain('regions.manage')
  })

  it('keeps the refresh token where no script reads it', async () => {
    await anAccount('cookie')
    const header = String((await signIn('cookie')).headers['set-cookie'])
    expect(header).toContain('HttpOnly')
    expect(header).toContain('SameSite=Strict')
    expect(header).toContain('Path=/v1/sessions')
    expect(header).not.toContain('Secure')
  })

  it('answers alike for a wrong password and for nobody of that name', async () => {
    await anAccount('known')
    const wrong = await signIn('known', 'not it')
    const unknown = await signIn('unknown', 'not it')
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401])
    const words = ({ requestId: _, ...problem }: { requestId?: string }) => problem
    expect(words(wrong.json())).toEqual(words(unknown.json()))
    expect(wrong.json().code).toBe('wrong_credentials')
  })

  it('makes repeated failures wait, even against the right password, and forgets them in time', async () => {
    await anAccount('slow')
    for (let i = 0; i < 5; i++) expect((await signIn('slow', 'no')).statusCode).toBe(401)
    const blocked = await signIn('slow')
    expect(blocked.statusCode).toBe(429)
    expect(blocked.json().code).toBe('too_many_attempts')
    expect(Number(blocked.headers['retry-after'])).toBe(30)
    test.clock.advance(30_000)
    expect((await signIn('slow', 'no')).statusCode).toBe(401)
    expect(Number((await signIn('slow')).headers['retry-after'])).toBe(60)
    test.clock.advance(MINUTE)
    expect((await signIn('slow')).statusCode).toBe(201)
    expect((await signIn('slow', 'no')).statusCode).toBe(401)
    expect((await signIn('slow')).statusCode).toBe(201)
  })

  it('counts attempts made at the same moment', async () => {
    await anAccount('burst')
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('burst', 'no', '10.0.0.2')))
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7)
  })

  it('makes an address wait that tries many names', async () => {
    const answers = []
    for (let i = 0; i < 31; i++) answers.push((await signIn(`name${i}`, 'no', '10.0.0.3')).statusCode)
    expect(answers.indexOf(429)).toBe(30)
    expect((await signIn('name99', 'no', '10.0.0.4')).statusCode).toBe(401)
  })
})

describe('a session', () => {
  it('ends its access token after a quarter of an hour', async () => {
    await anAccount('quarter')
    const { accessToken } = (await signIn('quarter')).json()
    test.clock.advance(15 * MINUTE - 1_000)
    expect((await me(accessToken)).statusCode).toBe(200)
    test.clock.advance(1_000)
    const late = await me(accessToken)
    expect([late.statusCode, late.json().code]).toEqual([401, 'session_ended'])
  })

  it('goes on by refreshing, with a new token each time', async () => {
    await anAccount('goes-on')
    let cookies = cookieOf(await signIn('goes-on'))
    for (let i = 0; i < 3; i++) {
      test.clock.advance(HOUR)
      const response = await refresh(cookies)
      expect(response.statusCode).toBe(201)
      expect((await me(response.json().accessToken)).statusCode).toBe(200)
      expect(cookieOf(response)).not.toEqual(cookies)
      cookies = cookieOf(response)
    }
  })

  it('gives its next refresh token again to whoever did not receive it, for half a minute', async () => {
    await anAccount('unheard')
    const first = cookieOf(await signIn('unheard'))
    test.clock.advance(HOUR)
    const unheard = await refresh(first)
    for (const wait of [0, 15_000, 14_999]) {
      test.clock.advance(wait)
      const again = await refresh(first)
      expect([again.statusCode, cookieOf(again)]).toEqual([201, cookieOf(unheard)])
      expect((await me(again.json().accessToken)).statusCode).toBe(200)
    }
    const next = await refresh(cookieOf(unheard))
    expect(next.statusCode).toBe(201)
    expect(cookieOf(next)).not.toEqual(cookieOf(unheard))
  })

  it('is revoked for everyone when the refresh token just replaced comes later than that, asked again or not', async () => {
    await anAccount('stolen')
    const first = cookieOf(await signIn('stolen'))
    const second = await refresh(first)
    const token = second.json().accessToken
    test.clock.advance(29_999)
    expect((await refresh(first)).statusCode).toBe(201)
    test.clock.advance(1)
    expect((await me(token)).statusCode).toBe(200)
    expect((await refresh(first)).statusCode).toBe(401)
    expect((await me(token)).statusCode).toBe(401)
    expect((await refresh(cookieOf(second))).statusCode).toBe(401)
  })

  it('is revoked for everyone when an older refresh token comes, however soon', async () => {
    await anAccount('stolen-before')
    const first = cookieOf(await signIn('stolen-before'))
    const third = await refresh(cookieOf(await refresh(first)))
    expect((await me(third.json().accessToken)).statusCode).toBe(200)
    expect((await refresh(first)).statusCode).toBe(401)
    expect((await me(third.json().accessToken)).statusCode).toBe(401)
    expect((await refresh(cookieOf(third))).statusCode).toBe(401)
  })

  it('is not ended by a made-up token of the same session', async () => {
    await anAccount('made-up')
    const opened = await signIn('made-up')
    const [id] = cookieOf(opened).tongxin_refresh.split('.')
    expect((await refresh({ tongxin_refresh: `${id}.0.${'0'.repeat(64)}` })).statusCode).toBe(401)
    expect((await refresh(cookieOf(opened))).statusCode).toBe(201)
  })

  it('is refreshed once by two attempts at the same moment, and goes on for both', async () => {
    const person = await anAccount('both')
    const cookies = cookieOf(await signIn('both'))
    const between = await test.deps.pool.connect()
    await between.query('begin')
    await between.query('select from sessions where person_id = $1 for update', [person.id])
    const both = Promise.all([refresh(cookies), refresh(cookies)])
    await vi.waitFor(async () => {
      const waiting = await test.deps.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      expect(waiting.rows).toHaveLength(2)
    }, 20_000)
    await between.query('commit')
    between.release()
    const [one, other] = await both
    expect([one.statusCode, other.statusCode]).toEqual([201, 201])
    expect(cookieOf(one)).toEqual(cookieOf(other))
    for (const answer of [one, other]) expect((await me(answer.json().accessToken)).statusCode).toBe(200)
    expect((await refresh(cookieOf(one))).statusCode).toBe(201)
  })

  it('ends at once by signing out, with its access and its refresh token', async () => {
    await anAccount('leaving')
    const opened = await signIn('leaving')
    const token = opened.json().accessToken
    const left = await test.app.inject({
      method: 'DELETE',
      url: '/v1/sessions/current',
      headers: { authorization: `Bearer ${token}` },
    })
    expect([left.statusCode, left.body]).toEqual([204, ''])
    expect((await me(token)).statusCode).toBe(401)
    expect((await refresh(cookieOf(opened))).statusCode).toBe(401)
  })

  it('ends by signing out with the cookie alone, but not with a made-up one', async () => {
    await anAccount('cookie-only')
    const opened = await signIn('cookie-only')
    const leave = (cookies: Record<string, string>) =>
      test.app.inject({ method: 'DELETE', url: '/v1/sessions/current', cookies })
    const [id] = cookieOf(opened).tongxin_refresh.split('.')
    expect((await leave({ tongxin_refresh: `${id}.0.${'0'.repeat(64)}` })).statusCode).toBe(204)
    expect((await me(opened.json().accessToken)).statusCode).toBe(200)
    expect((await leave(cookieOf(opened))).statusCode).toBe(204)
    expect((await me(opened.json().accessToken)).statusCode).toBe(401)
  })

  it('refuses tokens that are altered, foreign or not bearer tokens', async () => {
    const officer = await test.as('officer')
    const [head, body] = (officer.token ?? '').split('.')
    for (const token of [`${head}.${body}.AAAA`, `${head}.e30.AAAA`, 'nonsense', '']) {
      expect((await me(token)).json().code).toBe('session_ended')
    }
    const basic = await test.app.inject({ method: 'GET', url: '/v1/me', headers: { authorization: 'Basic eDp5' } })
    expect(basic.statusCode).toBe(401)
    const none = await test.nobody.call(contract.me)
    expect([none.status, none.problem.code]).toEqual([401, 'unauthenticated'])
  })
})

describe('signing in by phone', () => {
  const PHONE = '13900990001'
  const ask = (phone: string) => test.nobody.call(contract.requestPhoneCode, { body: { phone } })
  const enter = (phone: string, code: string) => test.nobody.call(contract.phoneSignIn, { body: { phone, code } })
  const lastCode = () => /\d{6}/.exec(test.sent.at(-1)?.text ?? '')?.[0] ?? ''

  it('takes the code that was sent, once, and makes a new number a person', async () => {
    const asked = await ask(PHONE)
    expect(asked.status).toBe(202)
    expect(test.sent.at(-1)?.phone).toBe(PHONE)
    const code = lastCode()
    const entered = await enter(PHONE, code)
    expect(entered.status).toBe(201)
    expect((await me(entered.body.accessToken)).json()).toMatchObject({ level: 'phone', name: null, grants: [] })
    expect((await enter(PHONE, code)).problem.code).toBe('wrong_code')
    test.clock.advance(HOUR)
    await ask(PHONE)
    expect((await enter(PHONE, lastCode())).body.personId).toBe(entered.body.personId)
  })

  it('finds the person whose number it is', async () => {
    const person = await test.aPerson({ level: 'owner' })
    await ask(person.phone)
    const entered = await enter(person.phone, lastCode())
    expect(entered.body.personId).toBe(person.id)
    expect((await me(entered.body.accessToken)).json().level).toBe('owner')
  })

  it('refuses a code after five minutes', async () => {
    await ask('13900990002')
    test.clock.advance(5 * MINUTE)
    expect((await enter('13900990002', lastCode())).problem.code).toBe('wrong_code')
  })

  it('cannot be guessed: five tries, then waiting, and the code is dead', async () => {
    await ask('13900990003')
    const right = lastCode()
    const wrong = right === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) expect((await enter('13900990003', wrong)).status).toBe(401)
    expect((await enter('13900990003', right)).status).toBe(429)
    test.clock.advance(MINUTE)
    expect((await enter('13900990003', right)).problem.code).toBe('wrong_code')
  })

  it('sends one code a minute and then ever more slowly', async () => {
    expect((await ask('13900990004')).status).toBe(202)
    const again = await ask('13900990004')
    expect([again.status, again.headers['retry-after']]).toEqual([429, '60'])
    test.clock.advance(MINUTE)
    expect((await ask('13900990004')).status).toBe(202)
    test.clock.advance(MINUTE)
    expect((await ask('13900990004')).status).toBe(429)
  })

  it('says so when the message cannot be sent', async () => {
    const { sms } = test.deps
    let text = ''
    test.deps.sms = {
      send: (_, said) => {
        text = said
        return Promise.reject(new Error('gateway away'))
      },
    }
    const answer = await ask('13900990005')
    test.deps.sms = sms
    expect([answer.status, answer.problem.reason]).toEqual([503, 'sms_not_sent'])
    // It may have taken the message before it failed: whoever has it comes in by it.
    expect((await enter('13900990005', /\d{6}/.exec(text)?.[0] ?? '')).status).toBe(201)
  })

  it('names the field that is wrong, in Chinese', async () => {
    const answer = await ask('12345')
    expect(answer.status).toBe(400)
    expect(answer.problem.errors).toEqual([{ path: 'body.phone', message: '请填写 11 位手机号码' }])
  })
})

it('counts a whole IPv6 network as one address', () => {
  expect(addressOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(addressOf('2001:db8::9')).toBe('2001:db8:0:0')
  expect(addressOf('::ffff:10.1.2.3')).toBe('10.1.2.3')
  expect(addressOf('10.1.2.3')).toBe('10.1.2.3')
})
