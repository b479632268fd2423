import type { IssueDetail } from '@tongxin/contract'
import { type Action, isMove } from '@tongxin/lifecycle'
import { expect, it } from 'vitest'
import { ordered } from './ordered.ts'

const offer = (action: Action, next = false): IssueDetail['allowedActions'][number] => ({
  action,
  as: 'officer',
  kind: isMove(action) ? 'move' : 'fact',
  next,
  dueByRule: null,
})
const shown = (offers: IssueDetail['allowedActions']) =>
  Object.fromEntries(ordered(offers).map((group) => [group.name, group.offers.map(({ action }) => action)]))

it('puts what a clock waits for before all else, also where it is only recorded, and every action once', () => {
  const published = [offer('rectify'), offer('close'), offer('comment'), offer('call_back', true)]
  expect(shown(published)).toEqual({ forward: ['call_back', 'close'], other: ['rectify'], facts: ['comment'] })
  const raised = [offer('answer'), offer('accept', true), offer('decline'), offer('note'), offer('escalate')]
  expect(shown(raised)).toEqual({ forward: ['accept'], other: ['answer', 'decline', 'escalate'], facts: ['note'] })
})
