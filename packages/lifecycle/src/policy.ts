import type { Issue } from './issue.ts'
import type { ServiceHours } from './service-hours.ts'
import { plainCalendar, type Span, type WorkCalendar } from './work-time.ts'

interface PolicyEntry {
  zh: string
  en: string
  unit:
    | 'households'
    | 'percent'
    | 'days'
    | 'working_days'
    | 'working_hours'
    | 'calendar_hours'
    | 'minutes'
    | 'times'
    | 'rounds'
    | 'yes_or_no'
  default: number
  /** Bounds, both inclusive; the law's where it sets them, else those of good sense. */
  min: number
  max: number
}

/** The local rules a community may set, each with its default, bounds and unit. One number each: dated, never rewritten. */
export const POLICIES = {
  endorsement_threshold: {
    zh: '附议列入议题户数',
    en: 'Endorsing households that put a matter on the agenda',
    unit: 'households',
    default: 10,
    min: 2,
    max: 500,
  },
  quorum_representatives_percent: {
    zh: '居民代表到会法定比例',
    en: 'Quorum: share of representatives present',
    unit: 'percent',
    default: 50,
    min: 34,
    max: 100,
  },
  quorum_party_members_percent: {
    zh: '党员骨干到会法定比例',
    en: 'Quorum: share of Party members present',
    unit: 'percent',
    default: 50,
    min: 34,
    max: 100,
  },
  quorum_units_percent: {
    zh: '单位代表到会法定比例（0 为不要求）',
    en: 'Quorum: share of units’ members present (0: none required)',
    unit: 'percent',
    default: 0,
    min: 0,
    max: 100,
  },
  quorum_staff_percent: {
    zh: '居委会成员到会法定比例（0 为不要求）',
    en: 'Quorum: share of the committee’s members present (0: none required)',
    unit: 'percent',
    default: 0,
    min: 0,
    max: 100,
  },
  contact_hours: {
    zh: '首次联系时限',
    en: 'Time to first contact',
    unit: 'calendar_hours',
    default: 2,
    min: 1,
    max: 24,
  },
  contact_urgent_minutes: {
    zh: '突发、紧急首次联系时限',
    en: 'Time to first contact, emergency or urgent',
    unit: 'minutes',
    default: 15,
    min: 5,
    max: 60,
  },
  respond_hours: { zh: '响应时限', en: 'Time to respond', unit: 'calendar_hours', default: 24, min: 1, max: 72 },
  respond_emergency_minutes: {
    zh: '突发响应时限',
    en: 'Time to respond, emergency',
    unit: 'minutes',
    default: 15,
    min: 5,
    max: 60,
  },
  schedule_days: {
    zh: '列议题时限',
    en: 'Time to schedule for the council',
    unit: 'days',
    default: 31,
    min: 7,
    max: 62,
  },
  decide_days: { zh: '议决时限', en: 'Time to decide in the council', unit: 'days', default: 62, min: 14, max: 124 },
  dispatch_working_days: { zh: '派单时限', en: 'Time to dispatch', unit: 'working_days', default: 1, min: 1, max: 5 },
  dispatch_emergency_minutes: {
    zh: '突发派单时限',
    en: 'Time to dispatch, emergency',
    unit: 'minutes',
    default: 15,
    min: 5,
    max: 60,
  },
  sign_working_hours: {
    zh: '签收时限',
    en: 'Time to sign for an order',
    unit: 'working_hours',
    default: 4,
    min: 1,
    max: 16,
  },
  sign_emergency_minutes: {
    zh: '突发签收时限',
    en: 'Time to sign for an order, emergency',
    unit: 'minutes',
    default: 30,
    min: 5,
    max: 120,
  },
  return_working_hours: {
    zh: '退单时限',
    en: 'Time to return an order',
    unit: 'working_hours',
    default: 4,
    min: 1,
    max: 16,
  },
  // A unit that does not take it may be right; when several do not, somebody has to say whose it is.
  returns_to_secretary: {
    zh: '同一轮第几次退单起由书记指定单位',
    en: 'Returns in one round before the secretary names the unit',
    unit: 'times',
    default: 2,
    min: 1,
    max: 5,
  },
  handle_emergency_hours: {
    zh: '突发办理时限',
    en: 'Time to handle, emergency',
    unit: 'calendar_hours',
    default: 2,
    min: 1,
    max: 24,
  },
  handle_urgent_hours: {
    zh: '紧急办理时限',
    en: 'Time to handle, urgent',
    unit: 'calendar_hours',
    default: 24,
    min: 2,
    max: 72,
  },
  handle_enquiry_working_days: {
    zh: '咨询办理时限',
    en: 'Time to answer an enquiry',
    unit: 'working_days',
    default: 3,
    min: 1,
    max: 5,
  },
  handle_ordinary_working_days: {
    zh: '一般办理时限',
    en: 'Time to handle, ordinary',
    unit: 'working_days',
    default: 10,
    min: 1,
    max: 15,
  },
  handle_hard_working_days: {
    zh: '疑难办理时限',
    en: 'Time to handle, hard',
    unit: 'working_days',
    default: 15,
    min: 5,
    max: 30,
  },
  rectify_working_days: {
    zh: '整改时限',
    en: 'Time to rectify',
    unit: 'working_days',
    default: 5,
    min: 1,
    max: 15,
  },
  extension_working_days: {
    zh: '延期批复时限',
    en: 'Time to decide on an extension',
    unit: 'working_days',
    default: 1,
    min: 1,
    max: 5,
  },
  report_in_working_days: {
    zh: '街道报到时限',
    en: 'Time for the street to report in',
    unit: 'working_days',
    default: 1,
    min: 1,
    max: 5,
  },
  verify_working_days: {
    zh: '核查公示时限',
    en: 'Time to verify and publicize',
    unit: 'working_days',
    default: 1,
    min: 1,
    max: 5,
  },
  // On by default: the public compares before and after, and a check that shows nothing convinces nobody. [L]
  verify_photos_required: {
    zh: '公开事项核查须附照片',
    en: 'Photos required when a public matter is verified',
    unit: 'yes_or_no',
    default: 1,
    min: 0,
    max: 1,
  },
  objection_working_days: {
    zh: '异议答复时限',
    en: 'Time to answer an objection',
    unit: 'working_days',
    default: 3,
    min: 1,
    max: 5,
  },
  call_back_working_days: {
    zh: '差评、代填评价回访时限',
    en: 'Time to call back after a poor or recorded rating',
    unit: 'working_days',
    default: 1,
    min: 1,
    max: 5,
  },
  sampled_call_back_percent: {
    zh: '好评抽查回访比例',
    en: 'Share of good ratings drawn for a call-back',
    unit: 'percent',
    default: 10,
    min: 0,
    max: 100,
  },
  appeal_working_days: {
    zh: '复核答复时限',
    en: 'Time to decide an appeal',
    unit: 'working_days',
    default: 5,
    min: 1,
    max: 15,
  },
  referral_working_days: {
    zh: '转介反馈时限',
    en: 'Time to follow up a referral',
    unit: 'working_days',
    default: 5,
    min: 1,
    max: 15,
  },
  notice_days: { zh: '公示期', en: 'Public notice period', unit: 'days', default: 5, min: 3, max: 15 },
  evaluation_days: { zh: '评价期', en: 'Evaluation period', unit: 'days', default: 7, min: 3, max: 30 },
  suspend_days: {
    zh: '挂账复查最长间隔',
    en: 'Longest time between reviews of a suspended matter',
    unit: 'days',
    default: 90,
    min: 7,
    max: 180,
  },
  reopen_days: {
    zh: '重启期限',
    en: 'Time in which a matter can be reopened',
    unit: 'days',
    default: 30,
    min: 15,
    max: 365,
  },
  minutes_amendment_days: {
    zh: '会议纪要征求意见期',
    en: 'Time to comment on minutes',
    unit: 'days',
    default: 3,
    min: 1,
    max: 15,
  },
  appeal_days: {
    zh: '申请复核期限',
    en: 'Time in which an appeal can be made',
    unit: 'days',
    default: 15,
    min: 15,
    max: 60,
  },
  meeting_notice_days: {
    zh: '会议公告提前天数',
    en: 'Meetings are announced ahead by',
    unit: 'days',
    default: 3,
    min: 0,
    max: 15,
  },
  rate_response_weight: {
    zh: '综合得分中响应率的权重',
    en: 'Weight of the response rate in the composite score',
    unit: 'percent',
    default: 10,
    min: 0,
    max: 100,
  },
  rate_resolution_weight: {
    zh: '综合得分中解决率的权重',
    en: 'Weight of the resolution rate in the composite score',
    unit: 'percent',
    default: 50,
    min: 0,
    max: 100,
  },
  // Not nothing, so that the three always have a sum to be divided by.
  rate_satisfaction_weight: {
    zh: '综合得分中满意率的权重',
    en: 'Weight of the satisfaction rate in the composite score',
    unit: 'percent',
    default: 40,
    min: 1,
    max: 100,
  },
  rate_basic_percent: {
    zh: '“基本满意”折算为满意的比例',
    en: 'What “fairly satisfied” counts of “satisfied”',
    unit: 'percent',
    default: 90,
    min: 0,
    max: 100,
  },
} as const satisfies Record<string, PolicyEntry>

export type PolicyKey = keyof typeof POLICIES
export const POLICY_KEYS = Object.keys(POLICIES) as [PolicyKey, ...PolicyKey[]]
export type PolicyValues = Record<PolicyKey, number>

export interface Policy extends PolicyValues {
  calendar: WorkCalendar
  /** The category's own handling time where it has one; it takes the place of the ordinary one, never of an urgent one. */
  categoryLimit?(categoryCode: string): Span | null
  /** The hours a unit had set for itself at that moment; null where it keeps those of its region. */
  serviceHours?(unitId: string, at: Date): ServiceHours | null
}

export const DEFAULT_POLICY: Policy = {
  ...(Object.fromEntries(POLICY_KEYS.map((key) => [key, POLICIES[key].default])) as PolicyValues),
  calendar: plainCalendar,
}

/** By which rule a term is as long as it is: a policy, the category's own limit, or a date that somebody set. */
export type TermRule = PolicyKey | `category:${string}` | 'given'

export interface Term {
  /** Null for a date that somebody set. */
  span: Span | null
  rule: TermRule
}

const spanOf = (key: PolicyKey, amount: number): Span => {
  switch (POLICIES[key].unit) {
    case 'minutes':
      return { calendarMinutes: amount }
    case 'calendar_hours':
      return { calendarHours: amount }
    case 'working_hours':
      return { workingHours: amount }
    case 'working_days':
      return { workingDays: amount }
    default:
      return { calendarDays: amount }
  }
}

export const termOf = (policy: Policy, key: PolicyKey): Term => ({ rule: key, span: spanOf(key, policy[key]) })

/** Handling time by urgency, category and kind: 3 working days for an enquiry, 10 else are Anhui's. */
export const handleTerm = (
  { urgency, kind, categoryCode }: Pick<Issue, 'urgency' | 'kind' | 'categoryCode'>,
  policy: Policy,
): Term => {
  if (urgency === 'emergency') return termOf(policy, 'handle_emergency_hours')
  if (urgency === 'urgent') return termOf(policy, 'handle_urgent_hours')
  const limit = categoryCode === null ? null : (policy.categoryLimit?.(categoryCode) ?? null)
  if (limit) return { rule: `category:${categoryCode}`, span: limit }
  if (kind === 'enquiry') return termOf(policy, 'handle_enquiry_working_days')
  return termOf(policy, urgency === 'hard' ? 'handle_hard_working_days' : 'handle_ordinary_working_days')
}

/** The rule as it stands now; null where it is no policy's to say (a date that was set) or no longer said (a category without a limit). */
export const termNow = (rule: TermRule, policy: Policy): Term | null => {
  if (rule === 'given') return null
  if (!rule.startsWith('category:')) return termOf(policy, rule as PolicyKey)
  const span = policy.categoryLimit?.(rule.slice('category:'.length)) ?? null
  return span && { rule, span }
}
