import type { Issue } from './issue.ts'
import { handleTerm, type Policy, type PolicyKey, type Term, termOf } from './policy.ts'
import type { Role } from './roles.ts'
import type { State } from './states.ts'
import type { Action } from './table.ts'

/**
 * How a clock stands in a state of the matter: it runs; it stands still, and its end moves by as long (`stands`); it waits, its end
 * staying where it is (`waits`); or there is none (`null`).
 */
export type Standing = 'runs' | 'stands' | 'waits' | null

interface ClockRow {
  zh: string
  en: string
  /** Of the clocks of one matter that are about the matter itself. */
  standing?: (issue: Issue) => Standing
  /** How long it runs, and by which rule. */
  term?: (issue: Issue, policy: Policy) => Term
  /** The end that a person or an order set, in place of a term. */
  given?: (issue: Issue) => Date | null
  /** When it began, if not at the action that began it. */
  from?: (issue: Issue, now: Date) => Date
  /** Counted in the hours in which the unit is there. */
  inServiceHours?: true
  /** What begins it anew while it runs. */
  restartedBy?: readonly Action[]
  /** What ends it although the matter stays in a state in which it would run. */
  endedBy?: readonly Action[]
  /** What it waits for, the likeliest first: whoever may do one of them is who it waits for. */
  answeredBy: readonly Action[]
  /** Of these what was done and is not asked for again, although it may be. */
  done?: (issue: Issue) => readonly Action[]
}

/** An appeal against a decision not to take it up. One against a dismissal is the council's next decision. */
const isAppealed = ({ appealOf }: Issue): boolean => appealOf !== null && appealOf !== 'dismissed'
const isCouncils = (issue: Issue): boolean =>
  issue.state === 'accepted' && issue.route === 'council' && !isAppealed(issue)

const BEFORE_WORK: ReadonlySet<State> = new Set<State>(['accepted', 'adopted', 'dispatched'])

const isIn = (...states: State[]) => {
  const set: ReadonlySet<State> = new Set(states)
  return (issue: Issue): Standing => (set.has(issue.state) ? 'runs' : null)
}
const when =
  (holds: (issue: Issue) => boolean) =>
  (issue: Issue): Standing =>
    holds(issue) ? 'runs' : null
const by = (key: PolicyKey) => (_: Issue, policy: Policy) => termOf(policy, key)
/** One rule for what cannot wait, another for the rest. */
const urgentElse = (emergency: PolicyKey, rest: PolicyKey) => (issue: Issue, policy: Policy) =>
  termOf(policy, issue.urgency === 'emergency' ? emergency : rest)

const OPEN: ReadonlySet<State> = new Set<State>([
  'raised',
  'accepted',
  'scheduled',
  'deliberating',
  'adopted',
  'dispatched',
  'handling',
  'suspended',
  'verifying',
  'publicized',
])

/** Every clock of the loop: when it runs, how long, and what stops it. The source of deadlines, their page and their job. */
export const CLOCKS = {
  contact: {
    zh: '首次联系',
    en: 'First contact',
    answeredBy: ['accept'],
    standing: when(({ state, contactedAt }) => state === 'raised' && contactedAt === null),
    term: ({ urgency }, policy) =>
      termOf(policy, urgency === 'emergency' || urgency === 'urgent' ? 'contact_urgent_minutes' : 'contact_hours'),
  },
  respond: {
    zh: '响应',
    en: 'Respond',
    answeredBy: ['accept'],
    standing: when(({ state, appealOf }) => state === 'raised' && appealOf === null),
    term: urgentElse('respond_emergency_minutes', 'respond_hours'),
  },
  appeal: {
    zh: '复核答复',
    en: 'Decide an appeal',
    answeredBy: ['accept', 'schedule', 'dispatch'],
    standing: when((issue) => isAppealed(issue) && (issue.state === 'raised' || issue.state === 'accepted')),
    term: by('appeal_working_days'),
  },
  schedule: {
    zh: '列议题',
    en: 'Schedule',
    answeredBy: ['schedule'],
    standing: when(isCouncils),
    term: by('schedule_days'),
  },
  // Counted from acceptance, and running on from one agenda to the next: being taken off one and put on another must not reset
  // it. An appeal against a dismissal begins it anew.
  decide: {
    zh: '议决',
    en: 'Decide',
    answeredBy: ['deliberate', 'adopt'],
    standing: when((issue) => issue.state === 'scheduled' || issue.state === 'deliberating' || isCouncils(issue)),
    term: by('decide_days'),
    from: ({ appealOf, acceptedAt }, now) => (appealOf === null ? (acceptedAt ?? now) : now),
  },
  dispatch: {
    zh: '派单',
    en: 'Dispatch',
    answeredBy: ['dispatch', 'rectify'],
    standing: (issue) => {
      const { state, route, rectifyOwed, suspendedFrom } = issue
      if (state === 'suspended') return suspendedFrom === 'adopted' ? 'stands' : null
      if (state === 'accepted') return route !== 'council' && !isAppealed(issue) ? 'runs' : null
      // What was rightly objected to is put right before the matter is closed.
      return state === 'adopted' || (state === 'publicized' && rectifyOwed) ? 'runs' : null
    },
    term: urgentElse('dispatch_emergency_minutes', 'dispatch_working_days'),
  },
  sign: {
    zh: '签收',
    en: 'Sign',
    answeredBy: ['sign', 'sign_part'],
    standing: isIn('dispatched'),
    term: urgentElse('sign_emergency_minutes', 'sign_working_hours'),
    inServiceHours: true,
    restartedBy: ['reassign'],
  },
  // From the first dispatch of the round; neither a return nor another unit resets it. Handed in, it waits for the check: what is
  // sent back goes on against the same end. Returned and taken to the council, it stands still until that has decided.
  handle: {
    zh: '办理',
    en: 'Handle',
    answeredBy: ['submit'],
    standing: ({ state, route, firstDispatchedAt }) => {
      if (firstDispatchedAt === null) return null
      if (state === 'verifying' || state === 'merged') return 'waits'
      if (state === 'suspended' || state === 'scheduled' || state === 'deliberating') return 'stands'
      if (state === 'accepted' && route === 'council') return 'stands'
      return BEFORE_WORK.has(state) || state === 'handling' ? 'runs' : null
    },
    term: handleTerm,
    from: ({ firstDispatchedAt }, now) => firstDispatchedAt ?? now,
    restartedBy: ['rectify'],
  },
  part: { zh: '分工', en: 'A co-unit’s part', answeredBy: ['finish_part'] },
  verify: {
    zh: '核查公示',
    en: 'Verify and publicize',
    answeredBy: ['publicize', 'verify'],
    done: ({ verifiedBy }) => (verifiedBy === null ? [] : ['verify']),
    standing: isIn('verifying'),
    term: by('verify_working_days'),
  },
  referral: {
    zh: '转介反馈',
    en: 'Report back on a referral',
    answeredBy: ['progress'],
    standing: isIn('referred'),
    term: by('referral_working_days'),
    // What became of it was told.
    endedBy: ['progress'],
  },
  extension: {
    zh: '延期批复',
    en: 'Decide on an extension',
    answeredBy: ['decide_extension', 'decide_part_extension'],
    standing: when(({ extensionAskedFor }) => extensionAskedFor !== null),
    term: by('extension_working_days'),
  },
  objection: { zh: '异议答复', en: 'Answer an objection', answeredBy: ['answer_objection'] },
  call_back: { zh: '评价回访', en: 'Call back', answeredBy: ['call_back', 'decide_contest'] },
  report_in: {
    zh: '街道报到',
    en: 'The street reports in',
    answeredBy: ['report_in'],
    standing: when(({ state, escalated }) => escalated && OPEN.has(state)),
    term: by('report_in_working_days'),
  },
  supervision: {
    zh: '督办回复',
    en: 'Reply to a supervision',
    answeredBy: ['reply_supervision'],
    standing: when(({ supervisions }) => supervisions > 0),
    given: ({ supervisionDueAt }) => supervisionDueAt,
  },
} as const satisfies Record<string, ClockRow>

export type ClockCode = keyof typeof CLOCKS
export const CLOCK_CODES = Object.keys(CLOCKS) as ClockCode[]
export const clockRow = (code: ClockCode): ClockRow => CLOCKS[code]

interface ReminderRow {
  level: number
  part: number
  to: Role
  zh: string
  en: string
  /** What whoever is told may decide where the matter waits for others, the likeliest first. */
  decides: readonly Action[]
}

/** Parts of a clock's length at which somebody is told: officer, officer (overdue), secretary, street. */
export const REMINDERS = [
  { level: 1, part: 0.8, to: 'officer', zh: '临期提醒', en: 'Near its end', decides: [] },
  { level: 2, part: 1, to: 'officer', zh: '超期提醒', en: 'Overdue', decides: ['reassign', 'escalate'] },
  {
    level: 3,
    part: 1.5,
    to: 'secretary',
    zh: '超期上报书记',
    en: 'Overdue: to the secretary',
    decides: ['reassign', 'suspend', 'escalate'],
  },
  { level: 4, part: 2, to: 'supervisor', zh: '超期上报街道', en: 'Overdue: to the street', decides: ['supervise'] },
] as const satisfies readonly ReminderRow[]
