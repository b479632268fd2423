import type { publicityZh } from './publicity.zh.ts'

export const publicityEn: typeof publicityZh = {
  title: 'Public notices',
  suspended: 'Put off',
  screen: 'On a big screen',
  intro: 'What was done is posted here: see the result, object within the notice period, or rate it.',
  none: 'Nothing is posted now',
  did: 'What was done',
  by: 'By {unit}',
  objectUntil: 'Object until {time}',
  rateUntil: 'Rate until {time}',
  open: 'See, rate or object',
  how: 'How to rate: open the matter, sign in with your mobile number and press “Rate” or “Object”. Without a phone, staff or volunteers help.',
  scan: 'Scan to see, rate or object',
  of: '{at} of {count}',
  back: 'Previous',
  next: 'Next',
  pause: 'Hold',
  play: 'Rotate',
  leave: 'Back to the notices',
  suspendedIntro:
    'What cannot be done for now: why, and on which day it is looked at again. Then it goes on by itself.',
  noneSuspended: 'Nothing is put off now',
  why: 'Reason',
  review: 'Looked at again on {date}',
  since: 'Put off on {date}',
  times: 'For the {count}. time',
}
