import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type BallotBox, councilRoutes } from '@tongxin/contract'
import type { Choice } from '@tongxin/lifecycle'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  askForPaper,
  blindPaper,
  type Council,
  castPaper,
  closeBallot,
  drawPaper,
  inSession,
  leave,
  ok,
  type Paper,
  propose,
  readBallot,
  readBox,
} from '../../../test/support/ballots.ts'
import { type Caller, DAY, plannedJobs, type TestApp, testApp } from '../../../test/support/index.ts'
import type { TestAppSettings } from '../../../test/support/start-test-app.ts'
import { verifyRecord } from '../verification/index.ts'

const council = async (representatives = 3, partyMembers = 3) =>
  aCouncil(await testApp(), representatives, partyMembers)
const verified = async ({ t }: Council) => (await verifyRecord(t.deps)).mismatch

interface Running extends Council {
  meetingId: string
  issueId: string
  id: string
  publicKey: string
}

const running = async (all: Council, body: Record<string, unknown> = {}): Promise<Running> => {
  const { meetingId, issueIds } = await inSession(all)
  const issueId = issueIds[0] as string
  const { id } = ok(await propose(all.officer, meetingId, issueId, { method: 'secret', ...body }))
  const { publicKey } = await readBallot(all.t.nobody, id)
  return { ...all, meetingId, issueId, id, publicKey: publicKey as string }
}

const VOTES: Choice[] = ['for', 'for', 'for', 'for', 'against', 'abstain']

/** Everybody draws, then everybody casts. */
const voted = async (it: Running, votes: readonly Choice[] = VOTES): Promise<Paper[]> => {
  const papers: Paper[] = []
  for (const member of it.members) papers.push(await drawPaper(member, it.id, it.publicKey))
  for (const [n, choice] of votes.entries()) ok(await castPaper(it.t.nobody, it.id, papers[n] as Paper, choice))
  return papers
}

const script = fileURLToPath(new URL('./verify-ballots.mjs', import.meta.url))
const check = (box: BallotBox, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '-', ...args], { input: JSON.stringify(box) })
  return { status, said: `${stdout}${stderr}` }
}

describe('a secret ballot', () => {
  it('is drawn by name, cast without one, and published for anybody to check', async () => {
    const it = await running(await council())
    const { t, officer, members, id } = it
    const papers = await voted(it)
    expect(await readBox(t.nobody, id)).toMatchObject({ issued: 6, cast: 6, entitled: 6, heads: null, ballots: null })
    const seen = await readBallot(members[0] as Caller, id)
    expect(seen).toMatchObject({
      votes: null,
      byClass: null,
      mine: [{ state: 'paper_issued', choice: null, receipt: null }],
    })
    expect(seen.motion).toMatchObject({ result: null, voting: { turnout: { entitled: 6, issued: 6, cast: 6 } } })
    const counted = ok(await closeBallot(officer, id))
    expect(counted.motion).toMatchObject({
      state: 'passed',
      result: { heads: { for: 4, against: 1, abstain: 1 }, entitledHeads: 6, passed: true },
    })
    expect(counted).toMatchObject({ votes: null, byClass: null })
    const box = await readBox(t.nobody, id)
    expect(box.ballots?.map(({ token }) => token)).toEqual(papers.map(({ token }) => token).toSorted())
    expect(box.listHash).toBe(
      createHash('sha256')
        .update((box.ballots ?? []).map((one) => `${one.token} ${one.choice} ${one.signature}`).join('\n'))
        .digest('hex'),
    )
    expect(check(box, (papers[4] as Paper).token)).toMatchObject({ status: 0, said: expect.stringContaining('反对') })
    const { rows } = await t.deps.pool.query(
      `select action, record from events where subject_type = 'motion' order by seq`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['propose', 'open_ballot', 'count'])
    expect(rows[2].record).toMatchObject({ issued: 6, cast: 6, listHash: box.listHash })
    expect((await t.deps.pool.query('select from ballot_keys')).rowCount).toBe(0)
    expect(await t.runDueJobs()).toContain('sweep_ballots')
    expect(await verified(it)).toBeNull()
  })

  it('gives one paper to each, and the same again when the answer was lost', async () => {
    const { t, members, id, publicKey, officer, meetingId } = await running(await council())
    const [a, b] = members as [Caller, Caller]
    const mine = await blindPaper(id, publicKey)
    const [first, second] = await Promise.all([askForPaper(a, id, mine.blinded), askForPaper(a, id, mine.blinded)])
    expect(ok(first)).toEqual(ok(second))
    const another = await blindPaper(id, publicKey)
    expect((await askForPaper(a, id, another.blinded)).problem.code).toBe('paper_issued')
    const race = await Promise.all(
      Array.from({ length: 4 }, async () => askForPaper(b, id, (await blindPaper(id, publicKey)).blinded)),
    )
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    expect((await readBox(t.nobody, id)).issued).toBe(2)
    expect((await askForPaper(officer, id, mine.blinded)).problem.code).toBe('not_entitled')
    expect((await askForPaper(t.nobody, id, mine.blinded)).status).toBe(401)
    const gone = members[2] as Caller
    await leave(gone, meetingId)
    expect((await askForPaper(gone, id, another.blinded)).problem.reason).toBe('not_present')
    // No number below the modulus.
    const huge = Buffer.alloc(256, 255).toString('base64url')
    expect((await askForPaper(members[3] as Caller, id, huge)).problem.code).toBe('paper_invalid')
  })

  it('counts a paper once, whatever is sent how often', async () => {
    const { t, members, id, publicKey } = await running(await council())
    const paper = await drawPaper(members[0] as Caller, id, publicKey)
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, n) => castPaper(t.nobody, id, paper, n % 2 ? 'for' : 'against')),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409])
    expect((await readBox(t.nobody, id)).cast).toBe(1)
    const other = await drawPaper(members[1] as Caller, id, publicKey)
    const forged = { token: paper.token, signature: other.signature }
    expect((await castPaper(t.nobody, id, forged, 'for')).problem.code).toBe('paper_invalid')
    // The same 32 bytes, written another way, would be a second ballot.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(paper.token.at(-1) as string)
    const token = paper.token.slice(0, -1) + alphabet[last + 1]
    expect(Buffer.from(token, 'base64url')).toEqual(Buffer.from(paper.token, 'base64url'))
    expect((await castPaper(t.nobody, id, { ...paper, token }, 'for')).status).toBe(400)
  })

  it('keeps to its own motion', async () => {
    const all = await council()
    const one = await running(all)
    const { meetingId, issueIds } = await inSession(all)
    const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string, { method: 'secret' }))
    const paper = await drawPaper(all.members[0] as Caller, one.id, one.publicKey)
    expect((await castPaper(all.t.nobody, id, paper, 'for')).problem.code).toBe('paper_invalid')
    const open = ok(await castPaper(all.t.nobody, one.id, paper, 'for'))
    expect(open).toEqual({ token: paper.token })
  })

  it('and the count that meet: the ballot is counted or refused', async () => {
    const it = await running(await council(4, 4))
    const papers: Paper[] = []
    for (const member of it.members) papers.push(await drawPaper(member, it.id, it.publicKey))
    for (const paper of papers.slice(0, 5)) ok(await castPaper(it.t.nobody, it.id, paper, 'for'))
    const [closed, ...replies] = await Promise.all([
      closeBallot(it.officer, it.id),
      ...papers.slice(5).map((paper) => castPaper(it.t.nobody, it.id, paper, 'against')),
    ])
    const taken = replies.filter(({ status }) => status === 201).length
    expect(ok(closed).motion.result?.heads).toEqual({ for: 5, against: taken, abstain: 0 })
    expect(replies.filter(({ problem }) => problem?.code === 'motion_closed').length).toBe(3 - taken)
    expect(await verified(it)).toBeNull()
  })

  it('is refused for fewer than five, and not opened when fewer were cast', async () => {
    const few = await council(2, 2)
    const { meetingId, issueIds } = await inSession(few)
    const called = await propose(few.officer, meetingId, issueIds[0] as string, { method: 'secret' })
    expect([called.status, called.problem.reason]).toEqual([422, 'too_few_for_secret'])

    const it = await running(await council())
    await voted(it, ['for', 'for', 'for', 'for'])
    const counted = ok(await closeBallot(it.officer, it.id))
    expect(counted.motion).toMatchObject({ state: 'failed', result: { heads: { for: 0, against: 0, abstain: 0 } } })
    expect(await readBox(it.t.nobody, it.id)).toMatchObject({ cast: 4, opened: false, ballots: [], listHash: null })
    expect((await it.t.deps.pool.query('select from secret_ballots')).rowCount).toBe(0)
    expect(check(await readBox(it.t.nobody, it.id)).status).toBe(0)
    expect(await verified(it)).toBeNull()
  })

  it('online takes papers as having taken part, and is taken back when too few may vote as it opens', async () => {
    const it = await running(await council(), { place: 'online', closesAt: '2026-03-04T01:00:00.000Z' })
    const papers: Paper[] = []
    for (const member of it.members) papers.push(await drawPaper(member, it.id, it.publicKey))
    for (const [n, paper] of papers.slice(0, 5).entries())
      ok(await castPaper(it.t.nobody, it.id, paper, n < 3 ? 'for' : 'against'))
    it.t.clock.advance(2 * DAY)
    expect((await castPaper(it.t.nobody, it.id, papers[5] as Paper, 'for')).problem.code).toBe('motion_closed')
    await it.t.runDueJobs()
    // Three of six papers: the one that was drawn and not cast agrees to nothing.
    expect((await readBallot(it.t.nobody, it.id)).motion).toMatchObject({
      state: 'failed',
      result: { heads: { for: 3, against: 2 }, entitledHeads: 6, quorum: true },
    })
    expect(await verified(it)).toBeNull()

    const few = await council(2, 2)
    const { meetingId, issueIds } = await inSession(few)
    const window = { place: 'online', opensAt: '2026-03-02T02:00:00.000Z', closesAt: '2026-03-03T01:00:00.000Z' }
    const late = ok(await propose(few.officer, meetingId, issueIds[0] as string, { method: 'secret', ...window }))
    few.t.clock.advance(DAY / 2)
    await few.t.runDueJobs()
    expect((await readBallot(few.t.nobody, late.id)).motion.state).toBe('withdrawn')
    expect(await plannedJobs(few.t.deps, 'close_ballot')).toEqual([])
    expect(await verified(few)).toBeNull()
  })
})

it('a secret ballot taken back leaves nothing of what was cast, nor a key', async () => {
  const it = await running(await council())
  await voted(it)
  const withdraw = { params: { id: it.id }, body: { reason: '情况有变' } }
  ok(await it.officer.call(councilRoutes.withdrawMotion, withdraw))
  for (const table of ['secret_ballots', 'ballot_keys'])
    expect((await it.t.deps.pool.query(`select from ${table}`)).rowCount).toBe(0)
  const box = await readBox(it.t.nobody, it.id)
  expect(box).toMatchObject({ opened: false, heads: null, ballots: null })
  expect(await verified(it)).toBeNull()
})

describe('casting', () => {
  const listening = async (): Promise<{ t: TestApp; lines: () => string[] }> => {
    const lines: string[] = []
    const logger = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) })
    const settings: TestAppSettings = { deps: { logger: logger as never } }
    return { t: await testApp(settings), lines: () => lines.splice(0) }
  }

  it('leaves no line, key, job, time or session behind, and asks nobody who they are', async () => {
    const { t, lines } = await listening()
    const { members, id, publicKey } = await running(await aCouncil(t))
    lines()
    const caller = members[0] as Caller
    const paper = await drawPaper(caller, id, publicKey)
    expect(lines()).toEqual([])
    const state = async () => {
      const count = async (from: string) =>
        (await t.deps.pool.query(`select count(*)::int as n from ${from}`)).rows[0].n
      const [keys, events, asked, jobs] = await Promise.all([
        count('idempotency_keys'),
        count('events'),
        count('job_requests'),
        count('graphile_worker._private_jobs'),
      ])
      const sessions = (await t.deps.pool.query('select * from sessions order by id')).rows
      return JSON.stringify({ keys, events, asked, jobs, sessions })
    }
    const before = await state()
    // Not even a session that has ended, or a cookie, makes a difference.
    const url = `/v1/motions/${id}/ballots`
    const headers = { authorization: 'Bearer nonsense', cookie: 'refresh=nonsense', 'idempotency-key': 'mine' }
    const reply = await caller.send({ method: 'POST', url, headers, payload: { ...paper, choice: 'for' } })
    expect(reply.statusCode).toBe(201)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(await state()).toBe(before)
    expect((await castPaper(t.nobody, id, paper, 'against')).problem.code).toBe('already_voted')
    expect((await castPaper(t.nobody, id, { ...paper, token: 'x' }, 'for')).status).toBe(400)
    expect(lines()).toEqual([])
  })

  it('keeps columns that say neither when nor in which order', async () => {
    const t = await testApp()
    const { rows } = await t.deps.pool.query(
      `select column_name as name from information_schema.columns where table_name = 'secret_ballots' order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(['choice', 'community_code', 'motion_id', 'signature', 'token'])
  })
})

describe('the published list', () => {
  it('holds for the script, and every alteration of it does not', async () => {
    const it = await running(await council())
    await voted(it)
    ok(await closeBallot(it.officer, it.id))
    const box = await readBox(it.t.nobody, it.id)
    const ballots = box.ballots ?? []
    const [first, second] = ballots as [(typeof ballots)[0], (typeof ballots)[0]]
    expect(check(box).status).toBe(0)
    const other: Choice = first.choice === 'for' ? 'against' : 'for'
    const altered: Record<string, Partial<BallotBox>> = {
      'ballots published': { ballots: ballots.slice(1) },
      'list hash': { ballots: [{ ...first, choice: other }, ...ballots.slice(1)] },
      'bad signature': { ballots: [{ ...first, signature: second.signature }, ...ballots.slice(1)] },
      'token twice': { ballots: [first, ...ballots] },
      'not in the order': { ballots: ballots.toReversed() },
      'more issued': { issued: 7 },
      'more cast': { issued: 5 },
      'not of this motion': { message: 'another' },
      'not counted': { ballots: null },
    }
    for (const [fault, change] of Object.entries(altered))
      expect([fault, check({ ...box, ...change })]).toEqual([
        fault,
        { status: 1, said: expect.stringContaining(fault) },
      ])
    expect(check(box, 'A'.repeat(43)).status).toBe(1)
    const served = await it.t.nobody.call(councilRoutes.readBallotVerifier, {})
    expect(served.text).toContain('faultsOf')
  })

  it.each([
    ['list_hash', `update secret_ballots set choice = 'against' where choice = 'for'`],
    ['cast', `delete from secret_ballots where choice = 'abstain'`],
    [
      'present',
      `delete from motion_roll where person_id = (select person_id from motion_roll order by person_id limit 1)`,
    ],
  ])('altered in the database shows in the verification: %s', async (_what, sql) => {
    const it = await running(await council())
    await voted(it)
    ok(await closeBallot(it.officer, it.id))
    await it.t.deps.pool.query(sql)
    expect(await verified(it)).not.toBeNull()
  })
})
