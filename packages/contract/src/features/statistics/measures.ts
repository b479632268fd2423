import {
  CLOCKS,
  type ClockCode,
  KINDS,
  type Kind,
  OUTCOMES,
  ROUTES,
  type Route,
  STAGES,
  type Stage,
  URGENCIES,
  type Urgency,
} from '@tongxin/lifecycle'

export type Outcome = keyof typeof OUTCOMES

/**
 * What is kept of each value beside how many there are and their sum. `count`: nothing, every value is 1. `sum`: nothing.
 * `exact`: how many of each, for few small whole numbers. `time`: milliseconds in a histogram.
 */
export type Scale = 'count' | 'sum' | 'exact' | 'time'

interface Words {
  zh: string
  en: string
}
export interface Measure extends Words {
  scale: Scale
  /** Anybody may list the public matters behind it. What individual ratings or deadlines say is the staff's and the raisers'. */
  open?: true
}

type Prefixed<Prefix extends string, Code extends string> = Record<`${Prefix}_${Code}`, Measure>

const each = <Prefix extends string, Code extends string>(
  prefix: Prefix,
  labels: Record<Code, Words>,
  made: (label: Words) => Measure,
): Prefixed<Prefix, Code> =>
  Object.fromEntries(
    Object.entries<Words>(labels).map(([code, label]) => [`${prefix}_${code}`, made(label)]),
  ) as Prefixed<Prefix, Code>

const counted = ({ zh, en }: Words): Measure => ({ zh, en, scale: 'count', open: true })

/**
 * Everything that is measured of a matter, told by the day on which it came about. What a matter is measured by may change with
 * each of its events (a closed one is reopened, a rating replaced by a later one): the figures hold what stands now.
 */
export const MEASURES = {
  raised: { zh: '提出', en: 'Raised', scale: 'count', open: true },
  ...each('kind', KINDS as Record<Kind, Words>, counted),
  ...each('route', ROUTES as Record<Route, Words>, counted),
  ...each('urgency', URGENCIES as Record<Urgency, Words>, counted),
  accepted: { zh: '受理', en: 'Accepted', scale: 'count', open: true },
  responded: { zh: '响应用时', en: 'Time to respond', scale: 'time', open: true },
  answered: { zh: '首次公布结果用时', en: 'Time to the first published result', scale: 'time', open: true },
  closed: { zh: '办结', en: 'Closed', scale: 'time', open: true },
  declined: { zh: '不予受理', en: 'Declined', scale: 'count' },
  referred: { zh: '转介', en: 'Referred', scale: 'count', open: true },
  withdrawn: { zh: '撤回', en: 'Withdrawn', scale: 'count' },
  merged: { zh: '并案', en: 'Merged', scale: 'count', open: true },
  dismissed: { zh: '议而不办', en: 'Dismissed', scale: 'count', open: true },
  returned: { zh: '退单', en: 'Returned by a unit', scale: 'count' },
  rejected: { zh: '核查退回', en: 'Rejected on verification', scale: 'count' },
  reworked: { zh: '整改', en: 'Rectified', scale: 'count' },
  suspended: { zh: '挂账', en: 'Suspended', scale: 'count', open: true },
  reopened: { zh: '重启', en: 'Reopened', scale: 'count' },
  extended: { zh: '延期', en: 'Extended', scale: 'count' },
  objected: { zh: '异议', en: 'Objections', scale: 'count' },
  escalated: { zh: '吹哨', en: 'Whistles to the street', scale: 'count' },
  supervised: { zh: '督办', en: 'Supervisions', scale: 'count' },
  supervision_answered: { zh: '督办按时回复', en: 'Supervisions answered on time', scale: 'exact' },
  endorsed: { zh: '附议', en: 'Endorsements', scale: 'count', open: true },
  evaluated: { zh: '评价', en: 'Ratings', scale: 'count' },
  called_back: { zh: '回访', en: 'Call-backs', scale: 'exact' },
  ...each('stage', STAGES as Record<Stage, Words>, ({ zh, en }) => ({
    zh: `${zh}阶段用时`,
    en: `Time in ${en}`,
    scale: 'time',
  })),
  ...each('clock', CLOCKS as Record<ClockCode, Words>, ({ zh, en }) => ({
    zh: `${zh}按时`,
    en: `${en} on time`,
    scale: 'exact',
  })),
  rated: { zh: '满意度', en: 'Satisfaction', scale: 'exact' },
  rated_first: { zh: '首轮满意度', en: 'Satisfaction in the first round', scale: 'exact' },
  rated_contacted: { zh: '已联系', en: 'Was contacted', scale: 'exact' },
  rated_solved: { zh: '已解决', en: 'Is solved', scale: 'exact' },
  ...each('outcome', OUTCOMES as Record<Outcome, Words>, ({ zh, en }) => ({ zh, en, scale: 'sum', open: true })),
} satisfies Record<string, Measure>

export type MeasureCode = keyof typeof MEASURES
export const MEASURE_CODES = Object.keys(MEASURES) as [MeasureCode, ...MeasureCode[]]
export const measureOf = (code: MeasureCode): Measure => MEASURES[code]
