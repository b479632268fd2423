import { issueRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMUNITY, NEIGHBOUR, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'

let t: TestApp
beforeAll(async () => {
  t = await startTestApp()
})
afterAll(() => t.close())

const read = (caller: Awaited<ReturnType<TestApp['as']>>, id: string) =>
  caller.call(issueRoutes.readIssue, { params: { id } })

describe('raising', () => {
  it('gives a number, a first hash and the time by which it is answered', async () => {
    const resident = await t.as('resident')
    const reply = await resident.call(issueRoutes.raiseIssue, {
      body: { community: COMMUNITY, kind: 'problem', title: '路灯不亮', body: '楼前路灯坏了' } as never,
    })
    expect(reply.status).toBe(201)
    expect(reply.body.number).toMatch(/^\d{4}-\d{6}$/)
    expect(reply.body.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(new Date(reply.body.respondBy).getTime() - t.clock.now().getTime()).toBe(24 * 3_600_000)
    const seen = await read(resident, reply.body.id)
    expect(seen.body).toMatchObject({ state: 'raised', view: 'raiser', title: '路灯不亮', version: 1 })
    expect(seen.body.timeline).toHaveLength(1)
  })

  it('lets somebody without an account raise, and follow it by the tracking link alone', async () => {
    const reply = await t.nobody.call(issueRoutes.raiseIssue, {
      body: {
        community: COMMUNITY,
        kind: 'request',
        title: '独居老人需要帮助',
        body: '楼上老人几天没有出门',
        raiser: { name: '王小明', phone: '13800001111' },
      } as never,
    })
    expect(reply.status).toBe(201)
    const token = reply.body.trackingToken as string
    const tracked = await t.nobody.call(issueRoutes.readTrackedIssue, { params: { token } })
    expect(tracked.body).toMatchObject({ id: reply.body.id, view: 'raiser', allowedActions: [] })
    expect((await read(t.nobody, reply.body.id)).status).toBe(404)
  })

  it('refuses a place that lies in another community and a category that does not exist', async () => {
    const resident = await t.as('resident')
    const raise = (fields: object) =>
      resident.call(issueRoutes.raiseIssue, {
        body: { community: COMMUNITY, kind: 'problem', title: '路灯不亮', body: '楼前路灯坏了', ...fields } as never,
      })
    for (const fields of [{ regionCode: NEIGHBOUR }, { categoryCode: '999999' }, { community: '340803002099' }]) {
      const reply = await raise(fields)
      expect(reply.status).toBe(400)
      expect(reply.problem.errors).toHaveLength(1)
    }
  })

  it('lets staff raise for a resident and refuses a resident who would raise for another', async () => {
    const [officer, resident] = [await t.as('officer'), await t.as('resident')]
    const body = {
      community: COMMUNITY,
      kind: 'problem',
      title: '代报一件',
      body: '来电反映楼道堆物',
      channel: 'phone',
      raiser: { name: '李阿姨', phone: '13900002222' },
    } as never
    expect((await resident.call(issueRoutes.raiseIssue, { body })).status).toBe(403)
    const reply = await officer.call(issueRoutes.raiseIssue, { body })
    expect(reply.status).toBe(201)
    const raisers = await officer.call(issueRoutes.listRaisers, { params: { id: reply.body.id } })
    expect(raisers.body.items[0]).toMatchObject({ phone: '139****2222' })
  })
})

describe('reading', () => {
  it('shows the public nothing before a person approved the public text, and then only that', async () => {
    const [resident, officer, neighbour] = [await t.as('resident'), await t.as('officer'), await t.as('resident')]
    const id = await raiseAs(resident, { title: '我是13812345678，路灯不亮' })
    expect((await read(neighbour, id)).status).toBe(404)
    expect((await read(officer, id)).body.proposedTitle?.text).not.toContain('13812345678')
    await must(officer, id, 'accept', ACCEPTED)
    const seen = await read(neighbour, id)
    expect(seen.body).toMatchObject({ view: 'public', title: ACCEPTED.publicTitle, body: ACCEPTED.publicText })
    expect(seen.text).not.toContain('13812345678')
    expect(seen.body.timeline.map((entry) => entry.action)).toEqual(['raise', 'accept'])
    expect(seen.body.timeline.every((entry) => entry.actorName === null)).toBe(true)
  })

  it('names to staff who of them acted, and of a resident no more than the surname', async () => {
    const resident = await t.as(await t.aPerson({ name: '郑晓月' }))
    const officer = await t.as(await t.aPerson({ role: 'officer', name: '吴文清' }))
    const id = await raiseAs(resident)
    await must(officer, id, 'accept', ACCEPTED)
    await must(resident, id, 'comment', { text: '谢谢' })
    const seen = await read(officer, id)
    expect(seen.body.timeline.map((entry) => entry.actorName).sort()).toEqual(['吴文清', '郑*', '郑*'])
    expect(seen.text).not.toContain('晓月')
  })

  it('names a neighbour who raised for another by the surname too', async () => {
    const volunteer = await t.as(await t.aPerson({ role: 'volunteer', name: '钱桂英' }))
    const id = await raiseAs(volunteer, { raiser: { name: '李阿姨', phone: '13900002233' }, channel: 'walk_in' })
    const seen = await read(await t.as('officer'), id)
    expect(seen.body.timeline.map(({ as, actorName }) => [as, actorName])).toEqual([['volunteer', '钱*']])
    expect(seen.text).not.toContain('桂英')
  })

  it('hides a private matter from neighbours and from staff of another community', async () => {
    const [resident, neighbour] = [await t.as('resident'), await t.as('resident')]
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    const id = await raiseAs(resident, { kind: 'request' })
    for (const caller of [neighbour, foreign, t.nobody, await t.as('administrator')]) {
      expect((await read(caller, id)).status).toBe(404)
      expect((await act(caller, id, 'accept', ACCEPTED, { ifMatch: 1 })).status).toBe(404)
    }
  })

  it('lists the first to run out first, in pages, and after them what has no deadline, the newest first', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      t.clock.advance(60_000)
      ids.push(await raiseAs(resident, { title: `信箱损坏第${i}次` }))
    }
    const [a, b, c, d, e] = ids
    for (const id of [a, d]) await must(resident, String(id), 'withdraw')
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const query = { community: COMMUNITY, text: '信箱损坏', order: 'due', limit: '2', cursor }
      const { body } = await officer.call(issueRoutes.listIssues, { query: query as never })
      expect(body.items.length).toBeLessThanOrEqual(2)
      seen.push(...body.items.map(({ id }) => id))
      if (body.nextCursor === null) break
      cursor = body.nextCursor
    }
    expect(seen).toEqual([b, c, e, d, a])
  })

  it('lists newest first, in pages, with the filters and a count', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      t.clock.advance(60_000)
      ids.unshift(await raiseAs(resident, { title: `电梯故障第${i}次` }))
    }
    const first = await officer.call(issueRoutes.listIssues, {
      query: { community: COMMUNITY, text: '电梯故障', limit: '2', count: 'true' } as never,
    })
    expect(first.body.items.map((item) => item.id)).toEqual(ids.slice(0, 2))
    expect(first.body.count).toEqual({ value: 5, exact: true })
    const second = await officer.call(issueRoutes.listIssues, {
      query: { community: COMMUNITY, text: '电梯故障', limit: '3', cursor: first.body.nextCursor } as never,
    })
    expect(second.body.items.map((item) => item.id)).toEqual(ids.slice(2))
    const mine = await resident.call(issueRoutes.listIssues, { query: { community: COMMUNITY, mine: 'true' } as never })
    expect(mine.body.items).toHaveLength(5)
    const { number } = first.body.items[0]!
    for (const text of [number, number.replace(/-0+/, '-')]) {
      const found = await officer.call(issueRoutes.listIssues, { query: { community: COMMUNITY, text } as never })
      expect(found.body.items.map((item) => item.id)).toEqual([ids[0]])
    }
    const others = await (await t.as('resident')).call(issueRoutes.listIssues, {
      query: { community: COMMUNITY, text: '电梯' } as never,
    })
    expect(others.body.items).toEqual([])
  })
})

describe('acting', () => {
  it('refuses a stale version, an unknown action, an illegal one, and a missing field, each in its own way', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const id = await raiseAs(resident)
    expect((await act(officer, id, 'accept', ACCEPTED, { ifMatch: 7 })).status).toBe(412)
    expect((await act(officer, id, 'accept', { ...ACCEPTED, route: undefined })).problem.errors?.[0]?.path).toBe(
      'body.route',
    )
    const illegal = await act(officer, id, 'resume')
    expect([illegal.status, illegal.problem.reason]).toEqual([409, 'wrong_state'])
    const unknown = await officer.send({ method: 'POST', url: `/v1/issues/${id}/actions/explode`, payload: {} })
    expect(unknown.statusCode).toBe(404)
    expect((await act(resident, id, 'accept', ACCEPTED)).status).toBe(403)
    expect((await read(officer, id)).body).toMatchObject({ state: 'raised', version: 1 })
  })

  it('lets one of two officers who act at once win, and tells the other that the page is stale', async () => {
    const [resident, one, two] = [await t.as('resident'), await t.as('officer'), await t.as('officer')]
    const id = await raiseAs(resident)
    const replies = await Promise.all([
      act(one, id, 'accept', ACCEPTED, { ifMatch: 1 }),
      act(two, id, 'decline', { reasonCode: 'no_facts', explanation: '无法核实' }, { ifMatch: 1 }),
    ])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412])
    expect((await read(one, id)).body.timeline).toHaveLength(2)
  })

  it('answers a repeated key with the first answer and refuses it with another body', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const id = await raiseAs(resident)
    const once = await act(officer, id, 'note', { text: '已电话核实' }, { idempotencyKey: 'k-1' })
    const again = await act(officer, id, 'note', { text: '已电话核实' }, { idempotencyKey: 'k-1' })
    expect(again.body).toEqual(once.body)
    expect((await act(officer, id, 'note', { text: '另一条' }, { idempotencyKey: 'k-1' })).status).toBe(422)
    expect((await read(officer, id)).body.timeline.filter((e) => e.action === 'note')).toHaveLength(1)
  })

  it('merges with every raiser, and splits again', async () => {
    const [first, second, officer] = [await t.as('resident'), await t.as('resident'), await t.as('officer')]
    const [target, source] = [await raiseAs(first), await raiseAs(second)]
    await must(officer, target, 'accept', ACCEPTED)
    await must(officer, source, 'merge', { targetId: target })
    expect((await read(officer, target)).body.raiserCount).toBe(2)
    expect((await read(second, target)).body.view).toBe('raiser')
    expect((await act(second, target, 'urge', { text: '请尽快' })).status).toBe(200)
    const related = async (as: typeof officer, id: string) =>
      (await as.call(issueRoutes.listRelatedIssues, { params: { id } })).body.items.map(
        ({ id: other, relation, as: office, by }) => ({ other, relation, office, by }),
      )
    const by = (await read(officer, source)).body.timeline.at(-1)?.actorName
    expect(by).toBeTruthy()
    expect(await related(officer, target)).toEqual([{ other: source, relation: 'merged', office: 'officer', by }])
    expect(await related(officer, source)).toEqual([{ other: target, relation: 'merged_into', office: 'officer', by }])
    expect(await related(second, source)).toEqual([
      { other: target, relation: 'merged_into', office: 'officer', by: null },
    ])
    // Another's matter that nobody has approved the words of is not known to whoever raised the one it went into.
    expect(await related(first, target)).toEqual([])
    await must(second, source, 'split', { reason: '不是同一盏灯' })
    expect((await related(officer, target)).map(({ relation }) => relation)).toEqual(['split_off'])
    expect((await related(officer, source)).map(({ relation }) => relation)).toEqual(['split_from'])
    expect((await read(officer, target)).body.raiserCount).toBe(1)
    expect((await read(second, target)).body.view).toBe('public')
    expect((await read(officer, source)).body.state).toBe('accepted')
  })

  it('reminds as the clock runs out, and lists what is overdue', async () => {
    const id = await raiseAs(await t.as('resident'), { title: '无人答复的事项' })
    t.clock.advance(20 * 3_600_000)
    await t.runDueJobs()
    t.clock.advance(5 * 3_600_000)
    await t.runDueJobs()
    const officer = await t.as('officer')
    const seen = await read(officer, id)
    const told = seen.body.timeline.filter((e) => e.action === 'remind')
    expect(told.map(({ fields }) => `${fields.clock} ${fields.level}`)).toEqual([
      'contact 1',
      'contact 2',
      'contact 3',
      'contact 4',
      'respond 1',
      'respond 2',
    ])
    const overdue = await officer.call(issueRoutes.listIssues, {
      query: { community: COMMUNITY, overdue: 'true', text: '无人答复' } as never,
    })
    expect(overdue.body.items.map((item) => item.id)).toEqual([id])
  })

  it('erases a raiser: the words go, the chain stays', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const id = await raiseAs(resident, { title: '要删除的标题' })
    await must(officer, id, 'decline', { reasonCode: 'no_facts', explanation: '无法核实' })
    await must(resident, id, 'erase_personal', { reason: '本人要求' })
    const seen = await read(officer, id)
    expect(seen.text).not.toContain('要删除的标题')
    expect(seen.body.timeline[0]).toMatchObject({ action: 'raise', erased: true })
    expect((await read(resident, id)).status).toBe(404)
  })
})

it('gives whoever may read a matter the proof of its record, and nobody else', async () => {
  const resident = await t.as('resident')
  const id = await raiseAs(resident, { visibility: 'private' })
  await must(await t.as('officer'), id, 'accept', ACCEPTED)
  const proof = await resident.call(issueRoutes.readIssueProof, { params: { id } })
  expect(proof.body.links.map(({ seq, action }) => [seq, action])).toEqual([
    [1, 'raise'],
    [2, 'accept'],
  ])
  expect(proof.body.links[1]!.previous).toBe(proof.body.links[0]!.hash)
  expect(proof.body.sealed).toBeNull()
  expect((await (await t.as('resident')).call(issueRoutes.readIssueProof, { params: { id } })).status).toBe(404)
})
