import type { settingChangesZh } from './setting-changes.zh.ts'

export const settingChangesEn: typeof settingChangesZh = {
  never: 'Never changed',
  added: 'Added',
  colon: ':',
  became: 'became',
  none: 'none',
  points: '{count} point | {count} points',
  fields: {
    name: 'Name',
    defaultUrgency: 'Default urgency',
    defaultRoute: 'Default route',
    handleLimitWorkingDays: 'Limit (working days)',
    handleLimitHours: 'Limit (hours)',
    active: 'Use',
    parentCode: 'Lies in',
    validTo: 'Ended on',
    geometry: 'Outline',
  },
  standing: { coming: 'to take effect', replaced: 'never took effect: replaced by a later change' },
}
