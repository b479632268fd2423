import type { helpZh } from '../locales/help.zh.ts'

export type Term = keyof typeof helpZh.terms

/** In the order of the help page. */
export const TERMS = {
  loop: ['stages', 'route', 'private', 'endorsement', 'merge', 'referral', 'appeal'],
  time: ['clock', 'onTime', 'pause', 'ladder', 'suspend', 'extension', 'duty'],
  council: ['meetingNotice', 'quorum', 'motion', 'ownersHeads', 'secret', 'minutes'],
  office: ['order', 'firstReceiver', 'returning', 'whistle', 'supervision', 'sitting', 'taskForce'],
  judging: ['publicity', 'objection', 'callBack', 'contest', 'rates', 'round', 'percentile'],
  order: ['fourEyes', 'effective', 'masked', 'evidence'],
} as const satisfies Record<keyof typeof helpZh.groups, readonly Term[]>
