import { councilRoutes, issueRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  adoptAt,
  aScheduledMatter,
  type Council,
  closeMeetingNow,
  later,
  ok,
  openMeetingOn,
} from '../../../test/support/held-meeting.ts'
import { aUnit, type Caller, DAY, NEIGHBOUR, testApp } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

const past = async (caller: Caller, id: string, query: Record<string, string> = {}) =>
  ok(await caller.call(councilRoutes.listPastResolutions, { params: { id }, query }))

/** A meeting on matters of its own, of which so many were adopted, ended. */
const heldOn = async (council: Council, count: number, motion: Record<string, unknown> = {}) => {
  const issueIds: string[] = []
  for (let i = 0; i < count; i++) issueIds.push(await aScheduledMatter(council, `第${i + 1}件`))
  const id = await openMeetingOn(council, issueIds)
  for (const issueId of issueIds) {
    await adoptAt(council, id, issueId, motion)
    council.t.clock.advance(60_000)
  }
  await closeMeetingNow(council, id)
  return { id, issueIds }
}

describe('earlier resolutions', () => {
  it('stand before the next meeting with what became of them, until they are done with', async () => {
    const all = await aCouncil(await testApp())
    const unit = await aUnit(all.t.deps, { name: '滨江物业' })
    const [adopted, dispatched] = (await heldOn(all, 2)).issueIds as [string, string]
    await must(all.officer, dispatched, 'dispatch', { leadUnitId: unit.id })
    const council = await later(all, 30 * DAY)
    const { officer, t } = council
    const next = await heldOn(council, 1)
    const { items } = await past(t.nobody, next.id)
    expect(items).toMatchObject([
      { issueId: dispatched, state: 'dispatched', unit: '滨江物业', overdue: true, minutesNumber: '2026-01' },
      { issueId: adopted, state: 'adopted', unit: null, overdue: true, resolution: '同意更换楼前路灯' },
    ])
    const drafted = ok(await officer.call(councilRoutes.draftMinutes, { params: { id: next.id } }))
    expect(drafted.content.past.map(({ issueId }) => issueId)).toEqual([dispatched, adopted])

    // Withdrawn after the second meeting: the third hears of it, the fourth no more.
    t.clock.advance(60_000)
    await must(council.resident, adopted, 'withdraw')
    t.clock.advance(60_000)
    const third = await openMeetingOn(council, [await aScheduledMatter(council)])
    const states = async (id: string) => (await past(t.nobody, id)).items.map(({ issueId, state }) => [issueId, state])
    expect(await states(third)).toContainEqual([adopted, 'withdrawn'])
    await closeMeetingNow(council, third)
    const last = await later(council, DAY)
    const fourth = await openMeetingOn(last, [await aScheduledMatter(last)])
    expect((await states(fourth)).map(([issueId]) => issueId)).toEqual([next.issueIds[0], dispatched])
  })

  it('come page by page, each once, and not those of matters that became private', async () => {
    const all = await aCouncil(await testApp())
    const { issueIds } = await heldOn(all, 3)
    const { t } = all
    const id = await openMeetingOn(all, [await aScheduledMatter(all)])
    const first = await past(t.nobody, id, { limit: '2' })
    const second = await past(t.nobody, id, { limit: '2', cursor: String(first.nextCursor) })
    expect([...first.items, ...second.items].map(({ issueId }) => issueId)).toEqual([...issueIds].reverse())
    expect(second.nextCursor).toBeNull()
    await must(all.resident, issueIds[0] as string, 'set_visibility', { visibility: 'private' })
    expect((await past(t.nobody, id)).items).toHaveLength(2)
    expect((await past(all.members[0], id)).items).toHaveLength(3)
  })
})

describe('a proposal', () => {
  const proposing = async (council: Council, proposal: Record<string, unknown>, proposes = 'act') => {
    const issueId = await aScheduledMatter(council)
    const id = await openMeetingOn(council, [issueId])
    await must(council.officer, issueId, 'deliberate')
    const rule = proposes === 'act' ? 'majority' : 'consensus'
    const body = { issueId, text: '同意更换路灯', rule, proposes, proposal }
    return council.officer.call(councilRoutes.proposeMotion, { params: { id }, body } as never)
  }

  it('goes with the motion into the resolution, and stands on the matter', async () => {
    const all = await aCouncil(await testApp())
    const { t, officer, resident } = all
    const [lead, co] = [await aUnit(t.deps, { name: '滨江物业' }), await aUnit(t.deps, { name: '路灯所' })]
    const proposal = {
      leadUnitId: lead.id,
      coUnitIds: [co.id],
      dueDays: 20,
      budgetFen: 1_200_050,
      budgetSource: '为民服务资金',
    }
    const { id, issueIds } = await heldOn(all, 1, { proposal })
    const seen = {
      leadUnit: lead,
      coUnits: [co],
      dueDays: 20,
      budgetFen: 1_200_050,
      budgetSource: '为民服务资金',
    }
    const meeting = ok(await t.nobody.call(councilRoutes.readMeeting, { params: { id } }))
    expect(meeting.motions).toMatchObject([{ proposal: seen }])
    const { body } = await resident.call(issueRoutes.readIssue, { params: { id: issueIds[0] as string } })
    expect(body.resolution).toEqual({
      text: '同意更换楼前路灯',
      meetingId: id,
      motionId: meeting.motions[0]?.id,
      minutesNumber: '2026-01',
      adoptedAt: body.timeline.at(-1)?.occurredAt,
      proposal: seen,
    })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    const client = await t.deps.pool.connect()
    await client.query('begin; set local session_replication_role = replica')
    await client.query('update motion_proposals set budget_fen = budget_fen * 10')
    await client.query('commit')
    client.release()
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'motion_proposals.budgetFen' })
    expect((await act(officer, issueIds[0] as string, 'dispatch', { leadUnitId: lead.id })).status).toBe(200)
  })

  it.each([
    [
      'names a unit of another community',
      async ({ t }: Council) => ({ leadUnitId: (await aUnit(t.deps, { regionCode: NEIGHBOUR })).id }),
      422,
      'unit_unfit',
      'leadUnitId',
    ],
    [
      'names a unit that is no more',
      async ({ t }: Council) => ({ coUnitIds: [(await aUnit(t.deps, { active: false })).id] }),
      422,
      'unit_unfit',
      'coUnitIds.0',
    ],
    [
      'names a unit whose duty list lacks the category',
      async ({ t }: Council) => {
        const { id } = await aUnit(t.deps)
        await t.deps.pool.query(`insert into unit_duties values ($1, '209027')`, [id])
        return { leadUnitId: id }
      },
      422,
      'unit_outside_duty',
      'leadUnitId',
    ],
    [
      'names a unit twice',
      async ({ t }: Council) => {
        const { id } = await aUnit(t.deps)
        return { leadUnitId: id, coUnitIds: [id] }
      },
      400,
      undefined,
      'coUnitIds',
    ],
    [
      'has a source of money without a sum',
      async () => ({ budgetSource: '为民服务资金' }),
      400,
      undefined,
      'budgetFen',
    ],
    ['has a sum beyond measure', async () => ({ budgetFen: 1e15 }), 400, undefined, 'budgetFen'],
  ] as const)('is refused where it %s', async (_what, proposal, status, reason, field) => {
    const all = await aCouncil(await testApp())
    const reply = await proposing(all, await proposal(all))
    expect([reply.status, reply.problem.reason, reply.problem.errors?.[0]?.path]).toEqual([
      status,
      reason,
      `body.proposal.${field}`,
    ])
  })

  it('belongs to a motion to act', async () => {
    const all = await aCouncil(await testApp())
    expect((await proposing(all, { dueDays: 20 }, 'not_to_act')).status).toBe(400)
    expect((await proposing(all, { dueDays: 20 })).status).toBe(201)
  })
})
