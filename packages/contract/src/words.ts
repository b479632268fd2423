/** Words, choices and limits that the web apps show. No schema stands here, so that a page need not bring them all along. */
import type { Action, FieldName } from '@tongxin/lifecycle'
import type { AgendaItem, AgendaMatter } from './features/council/agenda.ts'
import type { GrantableRole } from './features/grants.ts'
import type { RegionLevel } from './features/regions.ts'

export { SITTING_DECISIONS } from './features/sitting-decisions.ts'
export { MEASURES, measureOf } from './features/statistics/measures.ts'
export { CLIENT_SCOPES, PERMISSIONS } from './permissions.ts'

export const PERSON_LEVELS = { guest: '访客', phone: '手机号用户', resident: '居民', owner: '业主' } as const
export type PersonLevel = keyof typeof PERSON_LEVELS

export const MEMBER_KINDS = { owner: '产权人', family: '家庭成员', tenant: '承租人' } as const
export type MemberKind = keyof typeof MEMBER_KINDS

/** The columns of the spreadsheet, one line for each person of each home; each may also be headed by one of the other names. */
export const RESIDENT_COLUMNS = {
  building: ['楼栋', '楼号', '幢号'],
  door: ['门牌', '房号', '室号'],
  name: ['姓名', '住户姓名', '居民姓名'],
  phone: ['电话', '手机号', '联系电话', '手机'],
  kind: ['身份', '与住户关系', '关系'],
  share: ['份额', '产权份额'],
} as const
export type ResidentColumn = keyof typeof RESIDENT_COLUMNS

/** The columns of the spreadsheet, one line for each owner of each flat; each may also be headed by one of the other names. */
export const ROLL_COLUMNS = {
  building: ['楼栋', '楼号', '幢号'],
  door: ['门牌', '房号', '室号'],
  use: ['用途', '类别'],
  area: ['专有部分面积', '面积', '建筑面积'],
  owner: ['业主', '业主姓名', '产权人'],
  identity: ['证件号码', '身份证号', '证件号'],
  share: ['份额', '产权份额'],
} as const
export type RollColumn = keyof typeof ROLL_COLUMNS

/** One person votes for so many heads besides their own; more would let one who collects signatures decide for an estate. */
export const MOST_HEAD_PROXIES = 3

const IN_COMMUNITY: readonly RegionLevel[] = ['community', 'grid', 'building']
const OF_COMMUNITY: readonly RegionLevel[] = ['street', 'community']
/** Where a role makes sense: an officer of one building or a grid worker of a district is a slip of the pen. */
export const GRANT_LEVELS: Record<GrantableRole, readonly RegionLevel[]> = {
  representative: IN_COMMUNITY,
  party_member: IN_COMMUNITY,
  volunteer: IN_COMMUNITY,
  grid_worker: ['community', 'grid'],
  officer: ['community'],
  secretary: ['community'],
  unit_handler: ['district', 'street', 'community'],
  supervisor: ['district', 'street'],
  administrator: ['district', 'street', 'community'],
  care_worker: OF_COMMUNITY,
  teacher: OF_COMMUNITY,
  mediator: OF_COMMUNITY,
}

/** The actions for which ready sentences are kept: the field they fill, and the choice of which each may have its own. */
export const PHRASED = {
  dispatch: { field: 'instructions' },
  contact: { field: 'text' },
  comment: { field: 'text' },
  decline: { field: 'explanation', by: 'reasonCode' },
  refer: { field: 'explanation', by: 'recipient' },
  answer: { field: 'result' },
  submit: { field: 'result' },
  verify: { field: 'finding' },
  merge: { field: 'reason' },
} as const satisfies { [A in Action]?: { field: FieldName; by?: FieldName } }
export type PhrasedAction = keyof typeof PHRASED

export const CATEGORY_KINDS = { event: '事件', component: '部件', local: '小区生活' } as const
export type CategoryKind = keyof typeof CATEGORY_KINDS

/** What a list of matters can show of each beside its title. */
export const MATTER_COLUMNS = {
  number: { zh: '编号', en: 'Number' },
  stage: { zh: '状态', en: 'State' },
  due: { zh: '期限', en: 'Due' },
  raised: { zh: '提出时间', en: 'Raised' },
  since: { zh: '进入现状态', en: 'In this state since' },
  category: { zh: '类别', en: 'Category' },
  grid: { zh: '网格', en: 'Grid' },
  unit: { zh: '主办单位', en: 'Lead unit' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  kind: { zh: '类型', en: 'Kind' },
  channel: { zh: '渠道', en: 'Channel' },
  support: { zh: '附议户数', en: 'Endorsing households' },
} as const
export type MatterColumn = keyof typeof MATTER_COLUMNS

export const MATTER_LAYOUTS = {
  list: { zh: '列表', en: 'List' },
  board: { zh: '看板', en: 'Board' },
  map: { zh: '地图', en: 'Map' },
} as const
export type MatterLayout = keyof typeof MATTER_LAYOUTS

/** What somebody at an office is told of. */
export const INBOX_STEPS = {
  clock_warned: { zh: '时限将到', en: 'A deadline comes near' },
  clock_overdue: { zh: '已超期', en: 'Overdue' },
  ordered: { zh: '派单到本单位', en: 'An order for your unit' },
  handed_over: { zh: '同事移交给您的工单', en: 'An order handed over to you' },
  part_finished: { zh: '协办单位分工办结', en: 'A co-unit finished its part' },
  part_returned: { zh: '分工退单，请处理', en: 'A part was returned' },
  returned: { zh: '退单，须重新派单', en: 'Returned: to be dispatched anew' },
  rejected: { zh: '核查退回，须继续办理', en: 'Sent back after the check' },
  extension_asked: { zh: '申请延期，待批复', en: 'An extension to decide on' },
  extension_decided: { zh: '延期已批复', en: 'The extension was decided' },
  whistled: { zh: '吹哨，待报到', en: 'Called: report in' },
  reported_in: { zh: '街道已报到', en: 'The street reported in' },
  supervised: { zh: '督办，待回复', en: 'A supervision to reply to' },
  supervision_answered: { zh: '督办已回复', en: 'The supervision was answered' },
  objected: { zh: '异议，待答复', en: 'An objection to answer' },
  review_asked: { zh: '异议复核，待答复', en: 'An objection to review' },
  contested: { zh: '评价申诉，待决定', en: 'A contest to decide' },
  appealed: { zh: '申请复核，待答复', en: 'An appeal to decide' },
  resumed: { zh: '挂账到期，已恢复办理', en: 'Its review date has come: resumed' },
  referral_silent: { zh: '转介尚无结果，请跟进', en: 'A referral without an outcome: follow it up' },
  promise_due: { zh: '承诺解决的日期到了，请跟踪回访', en: 'A promised date has come: call again' },
} as const
export type InboxStep = keyof typeof INBOX_STEPS

/** What somebody owes to a meeting of the council. */
export const COUNCIL_STEPS = {
  announce: { zh: '公告会议和议程', en: 'Announce the meeting and its agenda' },
  open: { zh: '开会', en: 'Open the meeting' },
  answer_invitation: { zh: '答复邀请', en: 'Answer the invitation' },
  vote: { zh: '投票', en: 'Vote' },
  draft_minutes: { zh: '起草会议纪要', en: 'Draft the minutes' },
  publish_minutes: { zh: '把纪要发给到会的人征求意见', en: 'Ask those present about the minutes' },
  answer_amendments: { zh: '答复对纪要的修改意见', en: 'Answer amendments to the minutes' },
  confirm_minutes: { zh: '确认会议纪要', en: 'Confirm the minutes' },
} as const
export type CouncilStepKind = keyof typeof COUNCIL_STEPS

/** So many are counted; beyond that nobody needs to know. */
export const MOST_UNREAD = 99

export const ORDER_STATES = {
  open: '待办',
  finished: '已办结',
  waived: '免办',
  returned: '已退单',
  replaced: '已改派',
} as const
export type OrderState = keyof typeof ORDER_STATES

export const SUPERVISION_LISTS = ['open', 'overdue', 'answered'] as const
export type SupervisionList = (typeof SUPERVISION_LISTS)[number]

export const TASK_FORCE_STATES = { active: '工作中', closed: '已结束' } as const
export type TaskForceState = keyof typeof TASK_FORCE_STATES

/** As what a rater is counted: in the first of these that they are. Shown apart; what was typed for somebody is apart from all. */
export const RATER_GROUPS = { raiser: '提出人', endorser: '附议人', council: '议事会成员', resident: '居民' } as const
export type RaterGroup = keyof typeof RATER_GROUPS

/** The wording of the questions that callers read out, on record with each call; raised when a locale's words change. */
export const CALL_BACK_SCRIPT_VERSION = 1

interface ReportKind {
  zh: string
  en: string
  /** The headings, in their order. */
  columns: readonly string[]
  /** Of those further columns that name people. */
  personal?: readonly string[]
}

/** The monthly reports and their columns. */
export const REPORTS = {
  ledger: {
    zh: '月度台账',
    en: 'Monthly ledger',
    columns: [
      '编号',
      '标题',
      '类型',
      '公开范围',
      '渠道',
      '类别',
      '网格',
      '紧急程度',
      '办理路径',
      '状态',
      '主办单位',
      '办理轮次',
      '提出时间',
      '受理时间',
      '承诺办结时间',
      '办结时间',
    ],
    personal: ['提出人', '电话'],
  },
  overdue: {
    zh: '超期清单',
    en: 'Overdue list',
    columns: ['编号', '标题', '时限', '期限', '超期情况', '完成日期', '主办单位', '网格', '现状态'],
  },
  units: {
    zh: '单位排名',
    en: 'Unit ranking',
    columns: [
      '名次',
      '单位',
      '承办',
      '办结',
      '办理时限到期或完成',
      '按时',
      '按时率',
      '退单',
      '整改',
      '有效评价',
      '综合得分',
    ],
  },
  calls: {
    zh: '回访登记',
    en: 'Call-back register',
    columns: [
      '编号',
      '标题',
      '办理轮次',
      '原评价',
      '回访原因',
      '第几次',
      '回访时间',
      '已联系上',
      '是否联系过',
      '是否解决',
      '回访后评价',
      '回访结论',
    ],
    personal: ['评价人', '电话', '回访人'],
  },
} as const satisfies Record<string, ReportKind>
export type Report = keyof typeof REPORTS

export const reportOf = (kind: Report): ReportKind => REPORTS[kind]

export const REPORT_FORMATS = { xlsx: { zh: 'XLSX', en: 'XLSX' }, csv: { zh: 'CSV', en: 'CSV' } } as const
export type ReportFormat = keyof typeof REPORT_FORMATS

/** From so many on nobody is recognized by being one of them: what is fewer is not told to the public. */
export const LEAST_SHOWN = 5

export const INVITATION_ANSWERS = {
  pending: '未答复',
  accepted: '参加',
  declined: '不参加',
  tentative: '待定',
} as const
export type InvitationAnswer = keyof typeof INVITATION_ANSWERS

/** One short thought, so that agreeing with it means one thing. */
export const STATEMENT_LENGTH = 140

/** A member stands in for so many others at a meeting; more would let one person decide for the room. */
export const MOST_PROXIES = 2

/** What becomes of a date that falls on a statutory holiday. */
export const HOLIDAY_MOVES = {
  next_workday: '顺延到下一个工作日',
  previous_workday: '提前到上一个工作日',
  keep: '照常召开',
} as const
export type HolidayMove = keyof typeof HOLIDAY_MOVES

/** Whether it is a matter raised by somebody: what can be deliberated on and voted on. */
export const isMatter = (item: AgendaItem): item is AgendaMatter => item.issueId !== null

export const CLIENT_STATUSES = {
  requested: '待批准',
  active: '使用中',
  refused: '未批准',
  revoked: '已停用',
  ended: '已到期',
} as const
export type ClientStatus = keyof typeof CLIENT_STATUSES

/** A system that nobody looks after any more is not to have a key for ever. */
export const LONGEST_CLIENT_YEARS = 2
/** How long the key before goes on beside a new one, so that the other side can change over without a gap. */
export const LONGEST_OVERLAP_HOURS = 168

export const PASSWORD_LENGTH = 10
/** For so long after signing in by a code one need not prove again who one is. */
export const PROOF_MINUTES = 10

/** What a list of accounts can be narrowed to. */
export const ACCOUNT_STATUSES = { locked: '已锁定', no_password: '没有设密码', never: '从未登录' } as const
export type AccountStatus = keyof typeof ACCOUNT_STATUSES

/** Why a record cannot be merged into the other one. */
export const MERGE_BARS = {
  posts: '要并入的记录有任职、席位或待批准的授权（含已撤销的），请改为保留这一条',
  office: '保留的记录有任职或席位，而要并入的记录有手机号或账号，合并后两边都能登录：请先撤下要并入的记录的手机号',
  accounts: '两条记录都有用户名和密码，合并后只能有一个，不能合并',
  client: '这是第三方系统的记录',
  raised: '两条记录都是同一件还没有办结的事项的提出人，请等它办结后再合并',
  endorsed: '两条记录都附议了同一件还没有办结的事项，请等它办结后再合并',
  judged: '两条记录在同一轮公示里都评价了或都异议了同一件还没有办结的事项，请等它办结后再合并',
  answered: '两条记录都对同一件事项的意见表过态',
  proxy: '要并入的记录在一次还没有结束的业主表决中投了票、委托他人或受人委托，请等表决结束后再合并',
} as const
export type MergeBar = keyof typeof MERGE_BARS

/** What an import can take from a table, each with the header it is known by first. */
export const IMPORT_FIELDS = {
  number: '编号',
  raiser: '提出人',
  title: '主题',
  raisedAt: '提出时间',
  body: '详情',
  answer: '答复',
  answeredAt: '答复时间',
  support: '点赞数',
  opposition: '反对数',
} as const
export type ImportField = keyof typeof IMPORT_FIELDS
