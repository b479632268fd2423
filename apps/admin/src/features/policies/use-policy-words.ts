import { POLICIES, type PolicyKey } from '@tongxin/lifecycle'
import { useWords } from '@tongxin/web'

/** A rule by its name, and its values with their unit. */
export function usePolicyWords() {
  const { t, label } = useWords()
  const isYesOrNo = (key: PolicyKey) => POLICIES[key].unit === 'yes_or_no'
  /** As far as it may go, the unit said once. */
  const bounds = (key: PolicyKey, { min, max }: { min: number; max: number }) =>
    t('policies.bounds', { min, max: t(`policies.values.${POLICIES[key].unit}`, { count: max }, max) })
  const unit = (key: PolicyKey) => t(`policies.units.${POLICIES[key].unit}`)
  const value = (key: PolicyKey, of: number) =>
    isYesOrNo(key)
      ? t(of === 1 ? 'form.yes' : 'form.no')
      : t(`policies.values.${POLICIES[key].unit}`, { count: of }, of)
  return { name: (key: PolicyKey) => label(POLICIES[key]), unit, value, bounds, isYesOrNo }
}
