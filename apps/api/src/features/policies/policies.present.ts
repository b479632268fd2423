import type { PolicyRule } from '@tongxin/contract'
import { POLICIES, type PolicyKey } from '@tongxin/lifecycle'
import type { RegionTree } from '../regions/index.ts'
import type { PolicySetting, PolicySettings } from './policy-directory.ts'

const UNITS: Record<(typeof POLICIES)[PolicyKey]['unit'], string> = {
  households: '户',
  percent: '%',
  days: '天',
  working_days: '个工作日',
  working_hours: '个工作小时',
  calendar_hours: '小时',
  times: '次',
  yes_or_no: '',
  minutes: '分钟',
}

export const unitOf = (key: PolicyKey): string => UNITS[POLICIES[key].unit]

/** The rule as it holds in the region at `now`, and the next change already decided. */
export function presentRule(
  tree: RegionTree,
  settings: PolicySettings,
  regionCode: string,
  key: PolicyKey,
  now: Date,
): PolicyRule {
  let inForce: PolicySetting | undefined
  let coming: PolicySetting | undefined
  for (const { code } of tree.upwards(regionCode)) {
    const own = (settings.get(code) ?? []).filter((setting) => setting.key === key)
    coming ??= own.find((setting) => setting.effectiveFrom > now)
    inForce = own.findLast((setting) => setting.effectiveFrom <= now)
    if (inForce) break
  }
  const { zh, default: standard, min, max } = POLICIES[key]
  return {
    key,
    name: zh,
    unit: unitOf(key),
    value: inForce?.value ?? standard,
    default: standard,
    min,
    max,
    setFor: inForce?.regionCode ?? null,
    effectiveFrom: inForce?.effectiveFrom.toISOString() ?? null,
    coming: coming
      ? { value: coming.value, effectiveFrom: coming.effectiveFrom.toISOString(), setFor: coming.regionCode }
      : null,
    version: (settings.get(regionCode) ?? []).filter((setting) => setting.key === key).length,
  }
}
