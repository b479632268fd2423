import type { tourZh } from './tour.zh.ts'

export const tourEn: typeof tourZh = {
  title: 'A look round the console',
  of: 'Step {step} of {all}',
  next: 'Next',
  before: 'Back',
  done: 'Done',
  skip: 'Skip',
  steps: {
    mine: {
      title: 'What waits for you is here',
      text: 'What runs out first stands at the top; the button beside it takes the next step. What others do appears by itself.',
    },
    warnings: {
      title: 'Overdue, and yours to decide',
      text: 'Matters that ran out at others and were reported to you: give them to another unit, put them off, call the street or supervise.',
    },
    raise: {
      title: 'Raise for a resident',
      text: 'Calls, visits and messages come in here. Paste a whole conversation and it is split into one draft per matter.',
    },
    matters: {
      title: 'All matters',
      text: 'Filter by stage, grid or category; keep a filter as a view and share it with colleagues.',
    },
    orders: {
      title: 'Your unit’s orders',
      text: 'Sign, report progress and hand in what is done. It works as well on a phone.',
    },
    meetings: {
      title: 'The residents’ council',
      text: 'Preparing, announcing, holding, voting, minutes: a meeting has it all on its own page.',
    },
    sittings: {
      title: 'Sittings of the joint office',
      text: 'What is stuck is gone through one by one, and dispatched, reassigned or suspended on the spot.',
    },
    judging: {
      title: 'What the public says',
      text: 'Every bad rating is called back and every objection answered in time: here.',
    },
    street: {
      title: 'Calls and supervisions',
      text: 'A community calls and the street reports in; the street supervises and the community replies.',
    },
    figures: { title: 'Statistics', text: 'How quickly, and how well liked. Any figure opens the matters behind it.' },
    settings: {
      title: 'Settings',
      text: 'Rules, grants, categories and grids are changed here, each with its date of effect and its history.',
    },
    navigation: { title: 'By the four stages', text: 'Raise, deliberate, handle, evaluate: all pages you may use.' },
    find: {
      title: 'Looking for something?',
      text: 'Find a matter or go to any page. The keys are Ctrl K, on a Mac ⌘ K.',
    },
    bell: { title: 'Reminders', text: 'What is yours to do, what runs out soon and what others answered.' },
    self: {
      title: 'Text size, dark theme, help',
      text: 'Set how the console looks, read what words mean, see the shortcuts, and take this tour again.',
    },
    meeting: {
      title: 'The meeting you preside over',
      text: 'How far it is and what can be done next stands at the top.',
    },
    agenda: {
      title: 'The agenda',
      text: 'Item by item: open it, hear speakers, vote; the result is recorded at once.',
    },
    attendance: { title: 'Who is there', text: 'Checking in, the quorum and the order of speakers.' },
  },
}
