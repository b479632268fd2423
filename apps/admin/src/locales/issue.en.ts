export const issuesEn = {
  count: '{count} matters',
  number: 'Number',
  matter: 'Matter',
  stage: 'Stage and state',
  due: 'Deadline',
  raisedAt: 'Raised',
  shown: '{count} shown',
  none: 'No matters yet',
  noMatch: 'No matter fits these filters',
}

export const issueEn = {
  title: 'Matter',
  erased: '(personal data erased)',
  private: 'Private',
  anonymous: 'Anonymous to the public',
  escalated: 'Escalated',
  endorsed: '{count} household endorses | {count} households endorse',
  round: 'Round {count}',
  mergedInto: 'Merged into',
  about: 'About',
  body: 'What was raised',
  publicText: 'Public text',
  result: 'Result',
}

export const factsEn = {
  kind: 'Kind',
  category: 'Category',
  urgency: 'Urgency',
  route: 'Route',
  place: 'Place',
  unit: 'Lead unit',
  complainedUnit: 'Complained about',
  channel: 'Channel',
  raisedAt: 'Raised',
  acceptedAt: 'Accepted',
  promisedAt: 'Promised by',
  extensionAskedFor: 'Extension asked',
  reviewAt: 'Review',
  publicizedAt: 'Publicized',
  noticeEndsAt: 'Notice ends',
  evaluationEndsAt: 'Evaluation ends',
  supervisionDueAt: 'Supervision due',
  closedAt: 'Closed',
  endorsed: 'Endorsing households',
  externalSupport: 'External support',
}

export const timelineEn = {
  title: 'The whole record',
  hash: 'Evidence hash',
  filter: 'Which lines to show',
  reminders: '{count} reminders of deadlines',
  all: 'All ({count})',
  only: { public: 'Public only ({count})', raisers: 'Read by the raisers ({count})' },
}

export const relatedEn = {
  title: 'Related matters',
  none: 'None was merged, split or referred',
  another: 'another matter',
  alike: 'Similar matters',
  noneAlike: 'No similar matter was found',
  relations: {
    merged_into: 'this one was merged into it',
    merged: 'merged into this one',
    split_off: 'split from this one',
    split_from: 'this one was split from it',
    referred_to: 'this one went there',
    referred_from: 'this one came from there',
  },
}

export const foldedEn = { more: 'Show all of it ({count} characters)', less: 'Show less' }

export const raisersEn = {
  title: 'Raisers',
  none: 'No raiser on record',
  unnamed: 'No name given',
  consent: 'contact may be passed on',
  merged: 'came by a merge',
  left: 'left',
}

export const ordersEn = {
  none: 'No work orders',
  due: 'Due',
  unit: 'Unit',
  anyUnit: 'All units',
  mine: 'your unit',
  overdue: 'Overdue',
  states: { open: 'To do', finished: 'Done', waived: 'Waived', returned: 'Returned', replaced: 'Reassigned' },
  roles: { lead: 'Lead', co: 'Assisting' },
}

export const evaluationEn = {
  title: 'Ratings and objections',
  own: '{count} own ratings',
  helped: '{count} filled in by helper',
  objections: '{count} objection ({open} open) | {count} objections ({open} open)',
  contacted: 'was contacted',
  notContacted: 'was not contacted',
  byHelper: 'filled in by {name}',
  attempts: '{count} call-back attempt | {count} call-back attempts',
  contest: 'Contested',
  objection: 'Objection',
  answerBy: 'To be answered by {time}',
  callBacks: {
    none: 'No call-back needed',
    open: 'To be called back',
    concluded: 'Called back',
    superseded: 'Ended by a new round',
  },
  objectionStates: { open: 'To be answered', answered: 'Answered', superseded: 'Ended by a new round' },
}

export const actionsEn = {
  title: 'What you can do now',
  none: 'There is nothing for you to do now.',
  forward: 'Move on',
  other: 'Other moves',
  facts: 'Add to the record',
  as: 'As {capacity}',
  read: {
    public: 'Residents read what you write.',
    raisers: 'The raisers read what you write.',
    author: 'Its author and staff read what you write.',
    staff: 'Only staff read what you write.',
  },
  readBut: {
    raisers: 'Of it the raisers, and no other residents, read: {fields}.',
    author: 'Of it only its author and staff read: {fields}.',
    staff: 'Of it only staff read: {fields}.',
  },
  confirm: '“{action}”: are you sure? It goes on the record.',
  done: '“{action}” is recorded',
}

export const publicWordsEn = {
  title: 'The public will read this',
  text: 'Something in it looks like personal data (a name, a phone or door number). Please rewrite it, or check it and save it as it is.',
  asItIs: 'Checked: save it as it is',
  rewrite: 'Back to rewrite',
}
