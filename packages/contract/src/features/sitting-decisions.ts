import type { Action } from '@tongxin/lifecycle'

/** What a sitting of the joint office may decide of a matter: the body of these actions may name the sitting it was decided in. */
export const SITTING_DECISIONS: readonly Action[] = [
  'accept',
  'decline',
  'refer',
  'schedule',
  'dispatch',
  'reassign',
  'suspend',
  'resume',
  'rectify',
  'reclassify',
  'decide_extension',
  'add_part',
  'decide_part_extension',
  'waive',
  'escalate',
]
