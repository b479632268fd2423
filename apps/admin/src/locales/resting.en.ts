import type { restingZh } from './resting.zh.ts'

export const restingEn: typeof restingZh = {
  nav: 'Put off, referred',
  suspended: {
    title: 'Put off',
    lead: 'What cannot be done yet, nearest review date first; on that date it is resumed by itself.',
    none: 'Nothing is put off.',
    review: 'Review on',
    since: 'Put off on {day}, once | Put off on {day}, {count} times',
  },
  referred: {
    title: 'Referrals to follow',
    lead: 'What others were asked to do and no outcome is on record for. A word is due by the date shown; the raisers are told of it.',
    none: 'No referral waits for an outcome.',
    to: 'Referred to {to} on {day}',
    number: 'Their number {number}',
    silent: 'No word yet.',
    record: 'Record a word',
  },
}
