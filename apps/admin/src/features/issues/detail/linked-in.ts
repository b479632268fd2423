import type { TimelineEntry } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'

/** Of the entries that bind a matter to another one, the field that names the other. */
const FIELD: Partial<Record<Action, string>> = {
  merge: 'targetId',
  split: 'splitFrom',
  absorb: 'source',
  release: 'source',
  refer: 'linkedIssue',
  raise: 'referredFrom',
}

/** The id of the other matter that an entry of the record is about. */
export const linkedIn = ({ action, fields }: Pick<TimelineEntry, 'action' | 'fields'>): string | null => {
  const id = fields[FIELD[action] ?? '']
  return typeof id === 'string' ? id : null
}
