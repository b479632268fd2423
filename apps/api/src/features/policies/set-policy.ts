import type { HashName } from '@tongxin/evidence'
import { POLICIES, type PolicyKey } from '@tongxin/lifecycle'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { type DayKey, policies } from '../../db/schema/policies.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { unitOf } from './policies.present.ts'
import { findLatestVersion, lockPolicyRegion } from './policies.queries.ts'
import { isDay, POLICIES_CHANGED } from './policy-directory.ts'
import { recordPolicyEvent } from './record-policy-event.ts'

export interface SetPolicy {
  regionCode: string
  key: PolicyKey | DayKey
  value: number
  /** The version of this key the caller saw in this region; 0 when it was never set here. */
  seenVersion: number
  effectiveFrom?: Date
  /** Whether the clocks that run follow; else what is running keeps the rules it began with. */
  running: boolean
  reason: string
  setBy: string
  at: Date
  /** The tenant whose seals cover the change. */
  communityCode: string
  hashName: HashName
}

const assertWithin = (key: PolicyKey, value: number): void => {
  const { zh, min, max } = POLICIES[key]
  if (value >= min && value <= max) return
  const message = `${zh}须在 ${min} 至 ${max} ${unitOf(key)}之间`
  throw new AppError('unprocessable', {
    reason: 'policy_out_of_bounds',
    detail: message,
    errors: [{ path: 'body.value', message }],
  })
}

/** Adds a version, and has the running clocks follow if that was asked. @throws AppError stale_version, unprocessable */
export async function setPolicy(tx: Tx, command: SetPolicy): Promise<void> {
  const { regionCode, key, value, running, reason, setBy, at } = command
  if (!isDay(key)) assertWithin(key, value)
  const effectiveFrom = command.effectiveFrom ?? at
  if (effectiveFrom < at) {
    const message = '生效时间不能早于现在'
    throw new AppError('unprocessable', {
      reason: 'policy_not_retroactive',
      detail: message,
      errors: [{ path: 'body.effectiveFrom', message }],
    })
  }
  await lockPolicyRegion(tx, regionCode)
  const latest = await findLatestVersion(tx, regionCode, key)
  if (latest !== command.seenVersion) throw new AppError('stale_version')
  const setting = { regionCode, key, version: latest + 1, value, effectiveFrom, running, reason, setBy, setAt: at }
  await tx.insert(policies).values(setting)
  await recordPolicyEvent(tx, command.communityCode, setting, command.hashName)
  await announce(tx, POLICIES_CHANGED, regionCode)
  if (!running) return
  const cause = { region: regionCode, rule: key, version: latest + 1 }
  const payload = { regionCode, rules: isDay(key) ? [] : [key], cause, from: effectiveFrom.toISOString() }
  await enqueue(tx, 'recompute_clocks', payload, { runAt: effectiveFrom, queue: 'recompute_clocks' })
}
