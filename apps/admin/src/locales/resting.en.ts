import type { restingZh } from './resting.zh.ts'

export const restingEn: typeof restingZh = {
  nav: 'On hold',
  title: 'On hold and referrals',
  suspended: {
    title: 'On hold',
    lead: 'What cannot be done yet, nearest review date first; it resumes automatically on that date.',
    none: 'Nothing is on hold.',
    review: 'Review on',
    since: 'Put on hold on {day}, once | Put on hold on {day}, {count} times',
  },
  referred: {
    title: 'Referrals to follow',
    lead: 'Matters passed on to others, with no outcome on record yet. A reply is due by the date shown and is passed on to the raisers.',
    none: 'No referral waits for an outcome.',
    to: 'Referred to {to} on {day}',
    number: 'Their number {number}',
    silent: 'No reply yet.',
    record: 'Record a reply',
  },
}
