import type { IssueDetail } from '@tongxin/contract'
import {
  ACTIONS,
  type Action,
  type Capacity,
  type Channel,
  FIELDS,
  type Field,
  type FieldName,
  isMove,
  reasonFits,
  STREET_ROUND,
} from '@tongxin/lifecycle'
import { orderFrom } from './resolution.ts'
import { serverNow } from './server-time.ts'

export type Values = Record<string, unknown>

export interface FormField {
  name: FieldName
  field: Field
  required: boolean
}

export interface Situation {
  action: Action
  as: Capacity
  issue: IssueDetail
  values: Values
  /** Of an action that gives work to a unit: by when, where it sets no date of its own. */
  dueByRule?: string | null
}

/** Fields that make sense only then; the guards of the lifecycle say the same to whoever sends them. */
const SHOWN_WHEN: Partial<Record<Action, Partial<Record<FieldName, (s: Situation) => boolean>>>> = {
  accept: { publicTitle: isPublic, publicText: isPublic },
  answer: { publicTitle: isPublic, publicText: isPublic },
  publicize: { publicTitle: isPublic, publicText: isPublic },
  refer: { communityCode: ({ values }) => values.recipient === 'community' },
  dispatch: { designated: bySecretary },
  reassign: { designated: bySecretary },
  // Refused, it may have another date in writing.
  decide_extension: { dueAt: decided },
  decide_part_extension: { dueAt: decided },
  add_part: { designated: bySecretary },
  progress: {
    unitId: ({ as }) => as !== 'lead_handler',
    recipientNumber: ({ issue }) => issue.state === 'referred',
    outcome: ({ issue }) => issue.state === 'referred',
  },
  reclassify: {
    route: ({ issue }) => issue.state === 'accepted',
    complainedUnitId: ({ issue, values }) => (values.kind ?? issue.kind) === 'complaint',
  },
  call_back: {
    contacted: reached,
    solved: reached,
    level: reached,
    callBackOutcome: reached,
    dueAt: (s) => reached(s) && s.values.callBackOutcome === 'registered',
    leadUnitId: (s) => reached(s) && leadsToRectify(s),
  },
  follow_up: { solved: reached, dueAt: (s) => s.values.reached !== undefined && !solvedNow(s) },
  evaluate: { reasons: ({ values }) => values.level !== undefined, onBehalfOf: helps },
  erase_personal: { raiserId: ({ as }) => as !== 'raiser' },
  // The motion is the one counted on this matter; the server finds it.
  adopt: { motionId: () => false },
  dismiss: { motionId: () => false },
}

/** Optional in the table, needed in this situation. */
const NEEDED_WHEN: Partial<Record<Action, Partial<Record<FieldName, (s: Situation) => boolean>>>> = {
  accept: { publicTitle: lacksPublicText, publicText: lacksPublicText },
  answer: { publicTitle: lacksPublicText, publicText: lacksPublicText },
  publicize: { publicTitle: lacksPublicText, publicText: lacksPublicText },
  verify: { photos: isPublic },
  refer: { communityCode: () => true },
  progress: { unitId: ({ as }) => as === 'part_handler' },
  call_back: { callBackOutcome: () => true, dueAt: () => true, leadUnitId: anotherLeads },
  follow_up: { solved: () => true, dueAt: () => true },
  rectify: { leadUnitId: anotherLeads },
  evaluate: { onBehalfOf: () => true },
  erase_personal: { raiserId: () => true },
}

function isPublic({ issue }: Situation) {
  return issue.visibility === 'public'
}
function lacksPublicText({ issue }: Situation) {
  return issue.publicTitle === null || issue.publicText === null
}
function bySecretary({ as }: Situation) {
  return as === 'secretary'
}
function decided({ values }: Situation) {
  return values.approved !== undefined
}
function reached({ values }: Situation) {
  return values.reached === true
}
function leadsToRectify({ values }: Situation) {
  return values.callBackOutcome === 'upheld' || values.callBackOutcome === 'registered'
}
function solvedNow({ values }: Situation) {
  return values.reached === true && values.solved === 'yes'
}
/** The unit that leads now cannot lead the next round: there is none, it is complained about, or it is the street's turn. */
function anotherLeads({ issue }: Pick<Situation, 'issue'>) {
  return issue.leadUnitId === null || issue.leadUnitId === issue.complainedUnitId || issue.round + 1 >= STREET_ROUND
}
function helps({ as }: Situation) {
  return as !== 'raiser' && as !== 'identified'
}

/** Of the options only those that fit what was filled in before. */
const OPTIONS_WHEN: Partial<Record<FieldName, (code: string, s: Situation) => boolean>> = {
  reasons: (code, { values }) => reasonFits(code, values.level),
}
const asThingsStand = (name: FieldName, situation: Situation): Field => {
  const field: Field = FIELDS[name]
  const fits = OPTIONS_WHEN[name]
  if (!fits || !field.options) return field
  return {
    ...field,
    options: Object.fromEntries(Object.entries(field.options).filter(([code]) => fits(code, situation))),
  }
}

/** The fields of an action's form as things stand, in the table's order. */
export function fieldsOf(situation: Situation): FormField[] {
  const { action } = situation
  const names = Object.entries(ACTIONS[action].fields) as [FieldName, 'required' | 'optional'][]
  return names
    .filter(([name]) => SHOWN_WHEN[action]?.[name]?.(situation) ?? true)
    .map(([name, need]) => ({
      name,
      field: asThingsStand(name, situation),
      required: need === 'required' || NEEDED_WHEN[action]?.[name]?.(situation) === true,
    }))
}

const LISTS: ReadonlySet<Field['type']> = new Set<Field['type']>(['photos', 'choices'])

/** How whoever raised it can be reached. Where nobody left a word of that, nothing is begun with. */
const METHODS: Partial<Record<Channel, string>> = {
  hall: 'phone',
  console: 'phone',
  phone: 'phone',
  walk_in: 'phone',
  neighbour: 'phone',
  visit: 'phone',
  wechat: 'message',
  wechat_group: 'message',
}

/** What is known already and need not be typed again. */
export function startingValues(action: Action, issue: IssueDetail, now = serverNow()): Values {
  const known: Values = {
    publicTitle: issue.publicTitle ?? issue.proposedTitle?.text,
    publicText: issue.publicText ?? issue.proposedText?.text,
  }
  if (action === 'accept') {
    known.categoryCode = issue.categoryCode
    known.urgency = issue.urgency
    known.gridCode = issue.gridCode
    known.route = issue.visibility === 'private' ? 'direct' : null
  }
  if (action === 'dispatch') Object.assign(known, orderFrom(issue, now))
  if (action === 'contact') known.method = METHODS[issue.channel]
  if (action === 'publicize') known.result = issue.result
  if (action === 'reassign' || (action === 'rectify' && !anotherLeads({ issue }))) known.leadUnitId = issue.leadUnitId
  const fields = ACTIONS[action].fields
  return Object.fromEntries(
    Object.keys(fields).map((name) => [
      name,
      known[name] ?? (LISTS.has(FIELDS[name as FieldName].type) ? [] : undefined),
    ]),
  )
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** A chip picked before another level was has gone from the form, and is not sent. */
const offered = (field: Field, value: unknown): unknown =>
  field.type === 'choices' && Array.isArray(value)
    ? value.filter((code) => Object.hasOwn(field.options ?? {}, String(code)))
    : value

/** What is sent: the fields on show that say something. */
export function payloadFrom(fields: readonly FormField[], values: Values): Values {
  const said = fields
    .map(({ name, field }) => [name, offered(field, values[name])] as const)
    .filter(([, value]) => !isEmpty(value) && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
  return Object.fromEntries(said)
}

export type FieldFault = 'required' | 'choose' | 'too_long' | 'incomplete'

/** The first thing wrong with each field on show; the server has the last word. */
export function faultsIn(fields: readonly FormField[], values: Values): Partial<Record<FieldName, FieldFault>> {
  const faults: Partial<Record<FieldName, FieldFault>> = {}
  for (const { name, field, required } of fields) {
    const value = values[name]
    const typed = field.type === 'text' || field.type === 'long_text'
    if (required && isEmpty(value)) faults[name] = typed ? 'required' : 'choose'
    else if (typeof value === 'string' && typed && value.length > (field.max ?? 200)) faults[name] = 'too_long'
    else if (field.type === 'parts' && Array.isArray(value) && value.some((part) => !part.unitId))
      faults[name] = 'incomplete'
    else if (field.type === 'outcomes' && Array.isArray(value) && value.some((one) => !one.key || !one.amount)) {
      faults[name] = 'incomplete'
    }
  }
  return faults
}

/** Moves that carry a matter forward: they lead the list of buttons. */
const FORWARD = new Set<Action>([
  'accept',
  'schedule',
  'deliberate',
  'adopt',
  'dispatch',
  'sign',
  'resume',
  'submit',
  'publicize',
  'close',
  'resubmit',
])
export const isForward = (action: Action): boolean => isMove(action) && FORWARD.has(action)
