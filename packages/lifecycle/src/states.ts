export const STAGES = {
  raise: { zh: '提事', en: 'Raise', verb: '居民提事' },
  deliberate: { zh: '议事', en: 'Deliberate', verb: '党群议事' },
  handle: { zh: '办事', en: 'Handle', verb: '联席办事' },
  evaluate: { zh: '评事', en: 'Evaluate', verb: '群众评事' },
} as const
export type Stage = keyof typeof STAGES
export const STAGE_CODES = Object.keys(STAGES) as [Stage, ...Stage[]]

/** `resting`: nothing is due there, yet every one of them has a way out. */
export const STATES = {
  raised: { stage: 'raise', resting: false, zh: '已提交', en: 'Raised' },
  accepted: { stage: 'raise', resting: false, zh: '已受理', en: 'Accepted' },
  declined: { stage: 'raise', resting: true, zh: '不予受理', en: 'Declined' },
  withdrawn: { stage: 'raise', resting: true, zh: '已撤回', en: 'Withdrawn' },
  merged: { stage: 'raise', resting: true, zh: '已并案', en: 'Merged' },
  referred: { stage: 'raise', resting: true, zh: '已转介', en: 'Referred' },
  scheduled: { stage: 'deliberate', resting: false, zh: '已列议题', en: 'Scheduled' },
  deliberating: { stage: 'deliberate', resting: false, zh: '议事中', en: 'Deliberating' },
  adopted: { stage: 'deliberate', resting: false, zh: '已形成决议', en: 'Adopted' },
  dismissed: { stage: 'deliberate', resting: true, zh: '议而不办', en: 'Dismissed' },
  dispatched: { stage: 'handle', resting: false, zh: '已派单', en: 'Dispatched' },
  handling: { stage: 'handle', resting: false, zh: '办理中', en: 'Handling' },
  suspended: { stage: 'handle', resting: true, zh: '挂账', en: 'Suspended' },
  verifying: { stage: 'handle', resting: false, zh: '待核查', en: 'Verifying' },
  publicized: { stage: 'evaluate', resting: false, zh: '公示评价中', en: 'Publicized' },
  closed: { stage: 'evaluate', resting: true, zh: '已办结', en: 'Closed' },
} as const satisfies Record<string, { stage: Stage; resting: boolean; zh: string; en: string }>

export type State = keyof typeof STATES
export const STATE_CODES = Object.keys(STATES) as [State, ...State[]]
export const stageOf = (state: State): Stage => STATES[state].stage
export const statesOf = (stage: Stage): State[] => STATE_CODES.filter((s) => STATES[s].stage === stage)

/** Where a matter is still being worked on, suspended ones included. */
export const OPEN_STATES: readonly State[] = STATE_CODES.filter((s) => !STATES[s].resting || s === 'suspended')

export const KINDS = {
  problem: { zh: '问题', en: 'Problem', visibility: 'public' },
  request: { zh: '求助', en: 'Request', visibility: 'private' },
  complaint: { zh: '投诉', en: 'Complaint', visibility: 'private' },
  suggestion: { zh: '建议', en: 'Suggestion', visibility: 'public' },
  enquiry: { zh: '咨询', en: 'Enquiry', visibility: 'private' },
} as const
export type Kind = keyof typeof KINDS
export type Visibility = 'public' | 'private'

export const ROUTES = { council: { zh: '议事会', en: 'Council' }, direct: { zh: '直接办理', en: 'Direct' } } as const
export type Route = keyof typeof ROUTES

export const URGENCIES = {
  emergency: { zh: '突发', en: 'Emergency' },
  urgent: { zh: '紧急', en: 'Urgent' },
  ordinary: { zh: '一般', en: 'Ordinary' },
  hard: { zh: '疑难', en: 'Hard' },
} as const
export type Urgency = keyof typeof URGENCIES

export const CHANNELS = {
  hall: { zh: '网上议事厅', en: 'Web hall' },
  console: { zh: '工作台', en: 'Console' },
  wechat: { zh: '微信公众号', en: 'WeChat account' },
  wechat_group: { zh: '微信群代录', en: 'WeChat group' },
  phone: { zh: '电话', en: 'Phone' },
  walk_in: { zh: '来访', en: 'Walk-in' },
  neighbour: { zh: '邻里代报', en: 'Neighbour' },
  visit: { zh: '走访', en: 'Home visit' },
  patrol: { zh: '巡查', en: 'Patrol' },
  open311: { zh: '上级平台', en: 'District system' },
  api: { zh: '第三方系统', en: 'Third-party system' },
  import: { zh: '历史导入', en: 'Import' },
  system: { zh: '系统', en: 'System' },
} as const
export type Channel = keyof typeof CHANNELS
