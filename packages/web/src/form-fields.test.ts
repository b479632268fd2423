import type { IssueDetail } from '@tongxin/contract'
import { FIELDS, ROUTED_ACTIONS } from '@tongxin/lifecycle'
import { describe, expect, it } from 'vitest'
import { faultsIn, fieldsOf, payloadFrom, type Situation, startingValues } from './form-fields.ts'

const issue = {
  state: 'raised',
  visibility: 'public',
  publicTitle: null,
  publicText: null,
  proposedTitle: { text: '路灯不亮', removals: [] },
  proposedText: { text: '楼前路灯不亮', removals: [] },
  categoryCode: '209022',
  urgency: null,
  gridCode: null,
  leadUnitId: null,
  extensionAskedFor: null,
} as unknown as IssueDetail
const at = (change: Partial<Situation>): Situation => ({
  action: 'accept',
  as: 'officer',
  issue,
  values: {},
  ...change,
})
const names = (situation: Situation) => fieldsOf(situation).map(({ name }) => name)

describe('an action’s form', () => {
  it('is drawn for every action with a route, from fields that exist', () => {
    for (const action of ROUTED_ACTIONS) {
      for (const { name } of fieldsOf(at({ action }))) expect(FIELDS[name]).toBeDefined()
    }
  })

  it('starts from the proposed public text and asks for it on a public matter', () => {
    const values = startingValues('accept', issue)
    expect(values).toMatchObject({ publicTitle: '路灯不亮', categoryCode: '209022' })
    expect(fieldsOf(at({ values })).find(({ name }) => name === 'publicText')?.required).toBe(true)
  })

  it('begins a call with the way by which the raiser can be reached', () => {
    const method = (channel: IssueDetail['channel']) => startingValues('contact', { ...issue, channel }).method
    expect([method('phone'), method('wechat_group'), method('import')]).toEqual(['phone', 'message', undefined])
  })

  it('asks for no public text on a private matter', () => {
    expect(names(at({ issue: { ...issue, visibility: 'private' } }))).not.toContain('publicTitle')
  })

  it('names the other community only when a matter goes to one', () => {
    expect(names(at({ action: 'refer', values: { recipient: 'street' } }))).not.toContain('communityCode')
    expect(names(at({ action: 'refer', values: { recipient: 'community' } }))).toContain('communityCode')
  })

  it('asks how a call-back ended only when somebody was reached', () => {
    expect(names(at({ action: 'call_back', values: { reached: false } }))).toEqual(['ratingId', 'reached', 'text'])
    expect(names(at({ action: 'call_back', values: { reached: true, callBackOutcome: 'registered' } }))).toEqual(
      expect.arrayContaining(['callBackOutcome', 'dueAt', 'leadUnitId']),
    )
  })

  it('sends only what is on show and says something', () => {
    const values = { recipient: 'street', communityCode: '340803002003', explanation: ' 已转 ', recipientNumber: ' ' }
    expect(payloadFrom(fieldsOf(at({ action: 'refer', values })), values)).toEqual({
      recipient: 'street',
      explanation: '已转',
    })
  })

  it('finds what is missing or half filled in', () => {
    const values = { leadUnitId: undefined, coUnits: [{ unitId: '' }] }
    expect(faultsIn(fieldsOf(at({ action: 'dispatch', values })), values)).toEqual({
      leadUnitId: 'choose',
      coUnits: 'incomplete',
    })
  })

  it('offers the reasons that fit the level, and sends none that was left behind', () => {
    const rate = (level: number) =>
      fieldsOf(at({ action: 'evaluate', as: 'raiser', values: { level } })).find(({ name }) => name === 'reasons')
    const codes = (level: number) => Object.keys(rate(level)?.field.options ?? {})
    expect(codes(5)).toContain('quick')
    expect(codes(5)).not.toContain('too_slow')
    expect(codes(1)).not.toContain('quick')
    expect(codes(3)).toEqual(expect.arrayContaining(['quick', 'too_slow']))
    expect(names(at({ action: 'evaluate', as: 'raiser' }))).not.toContain('reasons')
    const fields = fieldsOf(at({ action: 'evaluate', as: 'raiser', values: { level: 1 } }))
    expect(payloadFrom(fields, { level: 1, reasons: ['quick', 'too_slow'] })).toEqual({
      level: 1,
      reasons: ['too_slow'],
    })
  })

  it('asks for another lead where the present one may not go on, and for a date until it is solved', () => {
    const lead = (change: object) =>
      fieldsOf(
        at({ action: 'rectify', issue: { ...issue, leadUnitId: 'u', complainedUnitId: null, round: 1, ...change } }),
      ).find(({ name }) => name === 'leadUnitId')?.required
    expect([lead({}), lead({ round: 2 }), lead({ complainedUnitId: 'u' })]).toEqual([false, true, true])
    const follow = (values: object) => names(at({ action: 'follow_up', values: { ...values } }))
    expect(follow({ reached: true, solved: 'yes' })).not.toContain('dueAt')
    expect(follow({ reached: true, solved: 'partly' })).toContain('dueAt')
    expect(follow({ reached: false })).toEqual(['ratingId', 'reached', 'dueAt', 'text'])
    expect(names(at({ action: 'reclassify' }))).not.toContain('complainedUnitId')
    expect(names(at({ action: 'reclassify', values: { kind: 'complaint' } }))).toContain('complainedUnitId')
  })
})
