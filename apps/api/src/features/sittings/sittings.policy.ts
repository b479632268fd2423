import type { SittingOperation, SittingState } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'
import type { SittingRow } from './sittings.queries.ts'

/** How a person stands to the joint office of one community. */
export interface Standing {
  personId: string | null
  manages: boolean
  /** Reads without the raisers' own words. */
  supervises: boolean
}

export const standingAt = (actor: Actor, tree: RegionTree, communityCode: string): Standing => ({
  personId: actor.personId,
  manages: holdsOver(tree, actor, ['officer', 'secretary'], communityCode),
  supervises: holdsOver(tree, actor, ['supervisor'], communityCode),
})

/** @throws AppError not_found for who has no part in this community's office */
export const assertMayRead = (sitting: SittingRow | undefined, { manages, supervises }: Standing): SittingRow => {
  if (!sitting || !(manages || supervises)) throw new AppError('not_found')
  return sitting
}

const AHEAD = ['announced', 'in_session'] as const

const OPERATIONS: Record<SittingOperation, { in: readonly SittingState[]; by: 'manager' | 'presider' }> = {
  change: { in: AHEAD, by: 'manager' },
  open: { in: ['announced'], by: 'presider' },
  attend: { in: ['in_session'], by: 'manager' },
  decide: { in: ['in_session'], by: 'presider' },
  close: { in: ['in_session'], by: 'presider' },
  cancel: { in: ['announced'], by: 'manager' },
}

export const presides = ({ presiderId }: SittingRow, { personId, manages }: Standing): boolean =>
  manages && personId === presiderId

const mayTake = (operation: SittingOperation, sitting: SittingRow, standing: Standing): boolean =>
  OPERATIONS[operation].by === 'manager' ? standing.manages : presides(sitting, standing)

export const operationsOn = (sitting: SittingRow, standing: Standing): SittingOperation[] =>
  (Object.keys(OPERATIONS) as SittingOperation[]).filter(
    (operation) => OPERATIONS[operation].in.includes(sitting.state) && mayTake(operation, sitting, standing),
  )

/** @throws AppError forbidden; unprocessable at another time */
export const assertMay = (operation: SittingOperation, sitting: SittingRow, standing: Standing): void => {
  if (!mayTake(operation, sitting, standing)) throw new AppError('forbidden')
  if (!OPERATIONS[operation].in.includes(sitting.state))
    throw new AppError('unprocessable', { reason: 'sitting_wrong_state', detail: '会议当前的状态不能进行此操作' })
}
