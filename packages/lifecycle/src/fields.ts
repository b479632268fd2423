import { CHANNELS, KINDS, ROUTES, URGENCIES } from './states.ts'

type Labels = Readonly<Record<string, { zh: string; en: string }>>

/** One field of an action's payload: what the contract validates and the console's form shows. */
export interface Field {
  type:
    | 'text'
    | 'long_text'
    | 'choice'
    | 'choices'
    | 'boolean'
    | 'integer'
    | 'date_time'
    | 'id'
    | 'code'
    | 'photos'
    | 'parts'
    | 'outcomes'
    | 'position'
  zh: string
  en: string
  /** Characters for texts, largest value for integers. */
  max?: number
  min?: number
  options?: Labels
  /** What the id or code names, so that a form can offer a picker. */
  names?:
    | 'issue'
    | 'unit'
    | 'meeting'
    | 'motion'
    | 'household'
    | 'raiser'
    | 'objection'
    | 'rating'
    | 'category'
    | 'region'
    | 'handler'
  /** Goes into the event's personal payload: it names people or was written by one about themselves. */
  personal?: boolean
}

const text = (zh: string, en: string, max = 200, personal = false): Field => ({ type: 'text', zh, en, max, personal })
const longText = (zh: string, en: string, personal = false): Field => ({
  type: 'long_text',
  zh,
  en,
  max: 5000,
  personal,
})
const choice = (zh: string, en: string, options: Labels): Field => ({ type: 'choice', zh, en, options })
/** Several of the options, each once. */
const choices = (zh: string, en: string, options: Labels, max: number): Field => ({
  type: 'choices',
  zh,
  en,
  options,
  max,
})
const id = (zh: string, en: string, names: Field['names']): Field => ({ type: 'id', zh, en, names })
const flag = (zh: string, en: string): Field => ({ type: 'boolean', zh, en })
const time = (zh: string, en: string): Field => ({ type: 'date_time', zh, en })

export const LEVELS: Labels = {
  5: { zh: '非常满意', en: 'Very satisfied' },
  4: { zh: '满意', en: 'Satisfied' },
  3: { zh: '基本满意', en: 'Fairly satisfied' },
  2: { zh: '不满意', en: 'Dissatisfied' },
  1: { zh: '非常不满意', en: 'Very dissatisfied' },
}

/** Why somebody is content or not: what a rating says in chips. */
export const RATING_REASONS = {
  quick: { zh: '办得快', en: 'Quick', good: true },
  solved_well: { zh: '解决得彻底', en: 'Solved for good', good: true },
  good_manner: { zh: '态度好', en: 'Friendly', good: true },
  well_explained: { zh: '说得清楚', en: 'Well explained', good: true },
  kept_informed: { zh: '及时告知进展', en: 'Kept informed', good: true },
  too_slow: { zh: '办得慢', en: 'Too slow', good: false },
  not_solved: { zh: '没有解决', en: 'Not solved', good: false },
  came_back: { zh: '又出现了', en: 'It came back', good: false },
  bad_manner: { zh: '态度不好', en: 'Unfriendly', good: false },
  not_contacted: { zh: '没人联系我', en: 'Nobody contacted me', good: false },
  not_explained: { zh: '没有说明原因', en: 'No reasons given', good: false },
  differs_from_result: { zh: '与公示的结果不符', en: 'Not as was published', good: false },
} as const satisfies Readonly<Record<string, { zh: string; en: string; good: boolean }>>
export type RatingReason = keyof typeof RATING_REASONS

/** Good reasons go with the levels 3–5, bad ones with 1–3. */
export const reasonFits = (code: string, level: unknown): boolean => {
  if (!Object.hasOwn(RATING_REASONS, code)) return false
  return RATING_REASONS[code as RatingReason].good ? Number(level) >= 3 : Number(level) <= 3
}

export const DECLINE_REASONS: Labels = {
  outside_duty: { zh: '不属社区职责范围', en: 'Outside the community’s duties' },
  in_legal_process: { zh: '已进入诉讼、仲裁、复议', en: 'Before a court, arbitration or review' },
  already_settled: { zh: '已依法处理完毕', en: 'Already settled by law' },
  no_facts: { zh: '缺少基本事实且无法核实', en: 'No facts, and none to be found' },
  unlawful: { zh: '诉求违反法律法规', en: 'Asks for what the law forbids' },
  repeated: { zh: '已答复后无新情况重复提出', en: 'Raised again after an answer, with nothing new' },
}

export const RECIPIENTS: Labels = {
  street: { zh: '街道', en: 'Street office' },
  hotline_12345: { zh: '12345 热线', en: '12345 hotline' },
  police_110: { zh: '110 报警', en: '110 police' },
  fire_119: { zh: '119 消防', en: '119 fire' },
  ambulance_120: { zh: '120 急救', en: '120 ambulance' },
  court: { zh: '法院', en: 'Court' },
  community: { zh: '其他社区', en: 'Another community' },
}

/** Countable results, written down at `submit`, from which the year's report is summed. */
export const OUTCOMES = {
  matters_solved: { zh: '解决问题（件）', en: 'Matters solved' },
  parking_spaces: { zh: '新增车位（个）', en: 'Parking spaces added' },
  street_lamps: { zh: '更换路灯（盏）', en: 'Street lamps replaced' },
  hazards_removed: { zh: '消除隐患（处）', en: 'Hazards removed' },
  disputes_mediated: { zh: '调解纠纷（起）', en: 'Disputes mediated' },
  square_metres_repaired: { zh: '修缮面积（平方米）', en: 'Square metres repaired' },
  trees_tended: { zh: '养护树木（棵）', en: 'Trees tended' },
  people_helped: { zh: '帮助居民（人次）', en: 'People helped' },
} as const satisfies Labels

/** Every field any action takes, defined once; a row of the table names those it needs. */
export const FIELDS = {
  reason: longText('理由', 'Reason'),
  personalReason: longText('理由', 'Reason', true),
  kind: choice('类型', 'Kind', KINDS),
  categoryCode: { type: 'code', zh: '类别', en: 'Category', names: 'category' },
  urgency: choice('紧急程度', 'Urgency', URGENCIES),
  route: choice('办理路径', 'Route', ROUTES),
  visibility: choice('公开范围', 'Visibility', {
    public: { zh: '公开', en: 'Public' },
    private: { zh: '不公开', en: 'Private' },
  }),
  channel: choice('渠道', 'Channel', CHANNELS),
  gridCode: { type: 'code', zh: '网格', en: 'Grid', names: 'region' },
  publicTitle: text('公开标题', 'Public title', 200),
  publicText: longText('公开内容', 'Public text'),
  result: longText('办理结果', 'Result'),
  reasonCode: choice('不予受理原因', 'Reason for declining', DECLINE_REASONS),
  explanation: longText('给提出人的说明', 'Explanation to the raiser', true),
  publicExplanation: longText('公开说明', 'Public explanation'),
  recipient: choice('转介去向', 'Referred to', RECIPIENTS),
  communityCode: { type: 'code', zh: '社区', en: 'Community', names: 'region' },
  recipientNumber: text('对方受理编号', 'The recipient’s number', 100),
  outcome: longText('对方办理结果', 'The recipient’s outcome'),
  targetId: id('并入的事项', 'Target issue', 'issue'),
  meetingId: id('会议', 'Meeting', 'meeting'),
  motionId: id('表决', 'Motion', 'motion'),
  leadUnitId: id('主办单位', 'Lead unit', 'unit'),
  unitId: id('单位', 'Unit', 'unit'),
  // A person at the unit: for staff, not for the public.
  handlerId: { type: 'id', zh: '移交给', en: 'To', names: 'handler', personal: true },
  // For staff and the raisers: whom somebody complains about is not for the public.
  complainedUnitId: { type: 'id', zh: '被投诉的单位', en: 'Unit complained about', names: 'unit', personal: true },
  coUnits: { type: 'parts', zh: '协办单位', en: 'Co-units', max: 20 },
  dueAt: time('办理期限', 'Deadline'),
  designated: flag('书记指定（不得退单）', 'Designated by the secretary (may not be returned)'),
  instructions: longText('办理要求', 'Instructions'),
  reviewAt: time('复查日期', 'Review date'),
  photos: { type: 'photos', zh: '照片', en: 'Photos', max: 9 },
  outcomes: { type: 'outcomes', zh: '成效数据', en: 'Outcome figures', max: 8 },
  evidence: longText('新的情况或证据', 'New facts or evidence', true),
  method: choice('联系方式', 'By', {
    phone: { zh: '电话', en: 'Phone' },
    visit: { zh: '上门', en: 'Visit' },
    message: { zh: '短信或微信', en: 'Message' },
    in_person: { zh: '当面', en: 'In person' },
  }),
  reached: flag('已联系上', 'Reached'),
  text: longText('内容', 'Text', true),
  progressText: longText('进展', 'Progress'),
  householdId: id('代表的家庭', 'Household', 'household'),
  requestedDueAt: time('申请延至', 'Until'),
  approved: flag('同意', 'Approved'),
  place: text('核查地点', 'Place', 200, true),
  position: { type: 'position', zh: '手机定位', en: 'Position of the phone', personal: true },
  finding: longText('核查情况', 'Finding'),
  reviewOf: id('申请复核的异议', 'Objection to review', 'objection'),
  objectionId: id('异议', 'Objection', 'objection'),
  answer: longText('答复', 'Answer'),
  upheld: flag('成立', 'Upheld'),
  level: { type: 'integer', zh: '满意度', en: 'Satisfaction', min: 1, max: 5, options: LEVELS },
  contacted: flag('是否联系过您', 'Were you contacted'),
  solved: choice('问题是否解决', 'Is it solved', {
    yes: { zh: '已解决', en: 'Yes' },
    partly: { zh: '部分解决', en: 'Partly' },
    no: { zh: '未解决', en: 'No' },
  }),
  reasons: choices('理由', 'Reasons', RATING_REASONS, 5),
  comment: longText('补充说明', 'Comment', true),
  onBehalfOf: id('代哪位提出人填写', 'On behalf of', 'raiser'),
  ratingId: id('评价', 'Rating', 'rating'),
  callBackOutcome: choice('回访结论', 'Outcome', {
    upheld: { zh: '评价属实，需整改', en: 'Upheld: to be rectified' },
    explained: { zh: '已解释并获理解', en: 'Explained' },
    registered: { zh: '登记限期解决', en: 'Registered with a date' },
    mistaken: { zh: '误评', en: 'Mistaken' },
    confirmed: { zh: '与评价一致，无需整改', en: 'As rated: nothing to rectify' },
  }),
  streetUnitId: id('吹哨的街道单位（不选为整个街道）', 'Unit of the street that is called (all of it if none)', 'unit'),
  order: longText('督办要求', 'Order'),
  raiserId: id('提出人', 'Raiser', 'raiser'),
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof FIELDS

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isText = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.trim() !== '' && [...value].length <= max
const isDegrees = (value: unknown, most: number): boolean => typeof value === 'number' && Math.abs(value) <= most
const isTime = (value: unknown): boolean =>
  (typeof value === 'string' || value instanceof Date) && !Number.isNaN(new Date(value).getTime())

/** Whether `value` can stand in the field. The contract says in words what is wrong; this is what no caller gets around. */
export const fits = (name: FieldName, value: unknown): boolean => {
  const field: Field = FIELDS[name]
  switch (field.type) {
    case 'text':
    case 'long_text':
      return isText(value, field.max ?? 200)
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.options ?? {}, value)
    case 'choices':
      return (
        Array.isArray(value) &&
        value.length <= (field.max ?? 5) &&
        new Set(value).size === value.length &&
        value.every((code) => typeof code === 'string' && Object.hasOwn(field.options ?? {}, code))
      )
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value) && Number(value) >= (field.min ?? 0) && Number(value) <= (field.max ?? 1_000_000)
    case 'date_time':
      return isTime(value)
    case 'id':
    case 'code':
      return isText(value, 100)
    case 'photos':
      return Array.isArray(value) && value.length <= (field.max ?? 9) && value.every((photo) => isText(photo, 100))
    case 'parts':
      return (
        Array.isArray(value) &&
        value.length <= (field.max ?? 20) &&
        value.every((part) => isObject(part) && isText(part.unitId, 100))
      )
    case 'outcomes':
      return Array.isArray(value) && value.length <= (field.max ?? 8) && value.every(isObject)
    case 'position':
      return isObject(value) && isDegrees(value.latitude, 90) && isDegrees(value.longitude, 180)
  }
}
