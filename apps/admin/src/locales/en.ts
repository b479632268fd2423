import { ballotWords, figureWords, onSiteWords, ownersVoteWords, reviewWords } from '@tongxin/web'
import { accountsEn, ownAccountEn } from './accounts.en.ts'
import { auditEn } from './audit.en.ts'
import { categoriesEn } from './categories.en.ts'
import { clientsEn } from './clients.en.ts'
import { clocksEn } from './clocks.en.ts'
import { cobuildingEn } from './cobuilding.en.ts'
import { commandsEn, keyboardEn } from './commands.en.ts'
import { councilEn, proposalEn, proxiesEn, seatsEn } from './council.en.ts'
import { doublesEn } from './doubles.en.ts'
import { draftsEn } from './drafts.en.ts'
import { dutyEn } from './duty.en.ts'
import { grantsEn } from './grants.en.ts'
import { householdsEn } from './households.en.ts'
import { importsEn } from './imports.en.ts'
import { inboxEn } from './inbox.en.ts'
import { intakeEn } from './intake.en.ts'
import {
  actionsEn,
  evaluationEn,
  factsEn,
  foldedEn,
  issueEn,
  issuesEn,
  ordersEn,
  publicWordsEn,
  raisersEn,
  relatedEn,
  timelineEn,
} from './issue.en.ts'
import { judgingEn } from './judging.en.ts'
import { mattersEn, viewsEn } from './matters.en.ts'
import { meetingEn } from './meeting.en.ts'
import { minutesEn } from './minutes.en.ts'
import { newsEn } from './news.en.ts'
import { offlineEn, outboxEn } from './offline.en.ts'
import { opinionsEn } from './opinions.en.ts'
import { originsEn } from './origins.en.ts'
import { ownersEn } from './owners.en.ts'
import { peopleEn } from './people.en.ts'
import { phrasesEn } from './phrases.en.ts'
import { policiesEn } from './policies.en.ts'
import { exportEn, faultsEn, formEn, photosEn, raiseEn } from './raise.en.ts'
import { regionsEn } from './regions.en.ts'
import { reportsEn } from './reports.en.ts'
import { restingEn } from './resting.en.ts'
import { calendarEn, invitationsEn, seriesEn } from './series.en.ts'
import { settingChangesEn } from './setting-changes.en.ts'
import { settingsEn } from './settings.en.ts'
import { sheetsEn } from './sheets.en.ts'
import { sittingsEn } from './sittings.en.ts'
import { statisticsEn } from './statistics.en.ts'
import { streetEn } from './street.en.ts'
import { taskForcesEn } from './task-forces.en.ts'
import { unitsEn } from './units.en.ts'
import { workOrdersEn } from './work-orders.en.ts'
import { workbenchEn } from './workbench.en.ts'
import type { Messages } from './zh.ts'

export const en: Messages = {
  ballot: ballotWords.en,
  ownersVote: ownersVoteWords.en,
  clients: clientsEn,
  clocks: clocksEn,
  doubles: doublesEn,
  drafts: draftsEn,
  offline: offlineEn,
  outbox: outboxEn,
  inbox: inboxEn,
  news: newsEn,
  helpMark: { about: 'What “{name}” means', more: 'All words', page: 'Help' },
  tourOffer: {
    text: 'New here? Take a minute to look round.',
    start: 'Show me',
    decline: 'No, thanks',
    again: 'Take the tour again',
  },
  intake: intakeEn,
  judging: judgingEn,
  textReview: reviewWords.en,
  onSite: onSiteWords.en,
  origins: originsEn,
  matters: mattersEn,
  views: viewsEn,
  workOrders: workOrdersEn,
  owners: ownersEn,
  figures: figureWords.en,
  reports: reportsEn,
  workbench: workbenchEn,
  resting: restingEn,
  statistics: statisticsEn,
  street: streetEn,
  taskForces: taskForcesEn,
  sittings: sittingsEn,
  units: unitsEn,
  duty: dutyEn,
  settings: settingsEn,
  settingChanges: settingChangesEn,
  policies: policiesEn,
  phrases: phrasesEn,
  grants: grantsEn,
  accounts: accountsEn,
  ownAccount: ownAccountEn,
  people: peopleEn,
  sheets: sheetsEn,
  categories: categoriesEn,
  regions: regionsEn,
  audit: auditEn,
  imports: importsEn,
  households: householdsEn,
  cobuilding: cobuildingEn,
  commands: commandsEn,
  keyboard: keyboardEn,
  app: {
    otherLanguage: '中文',
    name: 'Tongxin',
    short: 'Console',
    title: 'Tongxin · Console',
    skip: 'Skip to content',
    lost: 'There is no such page',
    toIssues: 'Back to the matters',
  },
  nav: {
    label: 'Main navigation',
    open: 'Open navigation',
    close: 'Close navigation',
    community: 'Community',
    issues: 'Matters',
    raise: 'Raise by proxy',
    meetings: 'Council',
    orders: 'Work orders',
    standing: 'Standing',
  },
  textSize: { label: 'Text size', standard: 'Standard', large: 'Large', extra: 'Extra large', glyph: 'A' },
  density: { label: 'Density', comfortable: 'Comfortable', compact: 'Compact' },
  theme: { label: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  user: { menu: 'Menu of {name}', hall: 'Residents’ hall', leave: 'Sign out' },
  signIn: {
    title: 'Sign in',
    subtitle: 'For community staff',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    bothNeeded: 'Enter user name and password.',
    forgot: 'Forgot password?',
    forgotAbout: 'Sign in by a code; then you set a new password.',
    byCode: 'Sign in by text message',
    byPassword: 'Use user name and password',
    phone: 'Phone number on record',
    phoneNeeded: 'Enter the 11 digits of the phone number.',
    code: 'Code from the message',
    codeNeeded: 'Enter the 6 digits you received.',
    askCode: 'Send a code',
    codeAgain: 'Send another',
    codeWait: 'Again in {count} s',
    codeSent: 'The code is on its way to the phone; it holds for 5 minutes.',
    wait: ' (try again in {count} s)',
    ended: 'Your session has ended, please sign in again.',
    residents: 'Not staff? Go to the ',
  },
  staffOnly: {
    title: 'This is the staff console',
    text: 'Hello {name}. Your account has no staff grant and cannot enter the console.',
    grants: 'If you are staff, ask the community secretary for a grant.',
    toHall: 'Residents’ hall',
    other: 'Another account',
  },
  clock: {
    slow: 'This device’s clock is {span} slow.',
    fast: 'This device’s clock is {span} fast.',
    about: 'All times here go by the server; please set the device right.',
  },
  loading: {
    waiting: 'Loading…',
    empty: 'Nothing here',
    forbidden: 'You may not see this',
    missing: 'Not found, or not yours to see',
    failed: 'This could not be loaded',
    someFailed: 'Something here could not be loaded; codes may stand in for names.',
    again: 'Try again',
    more: 'Show more',
  },
  problems: { unknown: 'Something went wrong, please try again.' },
  punctuation: { comma: ', ', clause: '; ', labelled: '{label}: {text}', aside: '{text} ({aside})' },
  time: {
    days: '{count} day | {count} days',
    hours: '{count} hour | {count} hours',
    minutes: '{count} minute | {count} minutes',
  },
  due: {
    overdue: '{span} overdue',
    soon: '{span} left',
    none: 'No deadline',
    notice: 'On notice until',
    evaluation: 'Evaluated until',
    review: 'Reviewed on',
  },
  filters: {
    label: 'Filter matters',
    all: 'All',
    stage: 'Stage',
    state: 'State',
    text: 'Number, title or text',
    open: 'Filters',
    category: 'Category',
    grid: 'Grid',
    urgency: 'Urgency',
    kind: 'Kind',
    days: 'Raised between',
    from: 'Raised from',
    to: 'to',
    until: '–',
    overdue: 'Overdue only',
    mine: 'Raised by me',
    clear: 'Clear filters',
    unit: 'Lead unit',
    building: 'Building',
    words: 'Contains',
    only: 'Only',
  },
  issues: issuesEn,
  issue: issueEn,
  facts: factsEn,
  timeline: timelineEn,
  related: relatedEn,
  folded: foldedEn,
  raisers: raisersEn,
  orders: ordersEn,
  evaluation: evaluationEn,
  actions: actionsEn,
  publicWords: publicWordsEn,
  form: formEn,
  faults: faultsEn,
  photos: photosEn,
  raise: raiseEn,
  export: exportEn,
  council: councilEn,
  seats: seatsEn,
  proxies: proxiesEn,
  proposal: proposalEn,
  minutes: minutesEn,
  meeting: meetingEn,
  opinions: opinionsEn,
  series: seriesEn,
  invitations: invitationsEn,
  calendar: calendarEn,
}
