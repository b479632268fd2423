import { issueRoutes } from '@tongxin/contract'
import { ACTIONS, FIELDS, type Field, type FieldName, type Payload, ROUTED_ACTIONS } from '@tongxin/lifecycle'
import { describe, expect, it } from 'vitest'
import { type Caller, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { type Reviews, reviewTexts } from './review-texts.ts'

const PHONE = '请打13812345678联系'
const HIDDEN = '请打〔电话〕联系'
const FOUND = { start: 2, end: 13, kind: 'phone', replacement: '〔电话〕' }

const refusedAt = (payload: Payload, reviews: Reviews = {}, mayKeep = true): string[] => {
  try {
    reviewTexts(payload, reviews, mayKeep)
    return []
  } catch (error) {
    return error instanceof AppError ? (error.details.errors ?? []).map(({ path }) => path) : [String(error)]
  }
}

describe('a text that enters the record', () => {
  it('is looked through on every field of every action that is not marked personal', () => {
    for (const action of ROUTED_ACTIONS)
      for (const name of Object.keys(ACTIONS[action].fields) as FieldName[]) {
        const field: Field = FIELDS[name]
        if (field.type === 'parts')
          expect(refusedAt({ [name]: [{ unitId: 'a' }, { unitId: 'b', task: PHONE }] })).toEqual([
            `body.${name}.1.task`,
          ])
        else if (field.type === 'text' || field.type === 'long_text')
          expect(refusedAt({ [name]: PHONE }), name).toEqual(field.personal ? [] : [`body.${name}`])
      }
  })

  it('is kept as it is only as far as somebody who answers for it said so, place by place', () => {
    const seen = { result: { removed: {}, kept: { phone: 1 } } } as const
    expect(refusedAt({ result: PHONE }, seen)).toEqual([])
    expect(refusedAt({ result: PHONE }, seen, false)).toEqual(['body.result'])
    expect(refusedAt({ result: `${PHONE}13912345678` }, seen)).toEqual(['body.result'])
    expect(refusedAt({ result: PHONE, reason: PHONE }, seen)).toEqual(['body.reason'])
    expect(reviewTexts({ result: HIDDEN }, { result: { removed: { phone: 1 }, kept: {} } }, true)).toEqual({
      result: { removed: { phone: 1 }, kept: {} },
    })
    expect(reviewTexts({ result: HIDDEN }, {}, true)).toBeNull()
  })
})

describe('the public text of a matter', () => {
  const readTimeline = async (caller: Caller, id: string) =>
    (await caller.call(issueRoutes.readIssue, { params: { id } })).body.timeline

  it('is proposed with every removal marked, refused with the same, and approved on record', async () => {
    const t = await testApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    const [resident, officer, neighbour] = [await t.as('resident'), await t.as('officer'), await t.as('resident')]
    const id = await raiseAs(resident, { body: PHONE })
    const { body: read } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(read.proposedText).toEqual({ text: HIDDEN, removals: [FOUND] })
    expect((await resident.call(issueRoutes.readIssue, { params: { id } })).body.proposedText).toBeNull()

    const refused = await act(officer, id, 'accept', { ...ACCEPTED, publicText: ` ${PHONE} ` })
    expect([refused.status, refused.problem.reason]).toEqual([422, 'personal_data'])
    expect(refused.problem.errors).toEqual([
      { path: 'body.publicText', message: `建议改为：${HIDDEN}`, proposal: { text: HIDDEN, removals: [FOUND] } },
    ])
    const reviews = { publicText: { removed: { name: 1 }, kept: { phone: 1 } } }
    await must(officer, id, 'accept', { ...ACCEPTED, publicText: PHONE, reviews })
    const [, accepted] = await readTimeline(officer, id)
    expect(accepted?.fields.reviews).toEqual(reviews)
    expect((await readTimeline(neighbour, id))[1]?.fields).not.toHaveProperty('reviews')

    // Residents write into the record too, and do not answer for what is public.
    await must(officer, id, 'answer', { result: '已更换灯具。' })
    t.clock.advance(13 * 24 * 3_600_000)
    await t.runDueJobs()
    const [again, staff] = [await t.as({ id: resident.personId! }), await t.as({ id: officer.personId! })]
    const reopen = { reason: PHONE, evidence: PHONE, reviews: { reason: { removed: {}, kept: { phone: 1 } } } }
    expect((await act(again, id, 'reopen', reopen)).problem.reason).toBe('personal_data')
    await must(again, id, 'reopen', { ...reopen, reason: HIDDEN })
    expect((await readTimeline(staff, id)).at(-1)?.fields).toMatchObject({ reason: HIDDEN, evidence: PHONE })
  })
})
