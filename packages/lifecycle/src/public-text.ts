import { FIELDS, type Field, type FieldName } from './fields.ts'
import type { Payload } from './issue.ts'
import type { Capacity } from './roles.ts'
import { ACTIONS, type Action } from './table.ts'

/** What a text for the public does not carry; `other` is what a person took out that no rule found. */
export const PERSONAL_KINDS = {
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话', en: 'Phone' },
  id_number: { zh: '证件号', en: 'ID number' },
  bank_card: { zh: '银行卡号', en: 'Bank card' },
  email: { zh: '邮箱', en: 'E-mail' },
  account: { zh: '网络账号', en: 'Account' },
  plate: { zh: '车牌', en: 'Plate' },
  door: { zh: '门牌', en: 'Door number' },
  other: { zh: '其他', en: 'Other' },
} as const
export type PersonalKind = keyof typeof PERSONAL_KINDS

/** One place of a text that is taken out: offsets into the original in UTF-16 units, `end` the first that stays. */
export interface Removal {
  start: number
  end: number
  kind: PersonalKind
  replacement: string
}

/** The text with each of these places (in order, apart from each other) put in other words. */
export const withRemovals = (text: string, removals: readonly Removal[]): string => {
  let result = ''
  let at = 0
  for (const { start, end, replacement } of removals) {
    result += text.slice(at, start) + replacement
    at = end
  }
  return result + text.slice(at)
}

/** How many places of each kind; kinds without one are left out. */
export const countByKind = (removals: readonly Removal[]): Partial<Record<PersonalKind, number>> => {
  const counts: Partial<Record<PersonalKind, number>> = {}
  for (const { kind } of removals) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/**
 * Whether the field holds text that enters the event's record. The record is read by everybody who may see the matter, by the
 * public too once a raiser opens it, and stays when personal data is erased: whatever is not marked `personal` must hold none.
 */
const isPublicText = (name: FieldName): boolean => {
  const { type, personal }: Field = FIELDS[name]
  return (type === 'text' || type === 'long_text' || type === 'parts') && !personal
}

/** Whether an action's form asks for such a text. */
export const takesPublicText = (action: Action): boolean =>
  (Object.keys(ACTIONS[action].fields) as FieldName[]).some(isPublicText)

const RESIDENTS: ReadonlySet<Capacity> = new Set<Capacity>(['anyone', 'identified', 'raiser'])
/** Whether who acts so may let stand what looks like personal data: residents take what is proposed, or say it otherwise. */
export const answersForPublicTexts = (as: Capacity): boolean => !RESIDENTS.has(as)

export interface PublicText {
  /** Where it stands in the payload: `result`, `coUnits.0.task`. */
  path: string
  text: string
}

/** The texts of a payload that enter the record. */
export const publicTexts = (payload: Payload): PublicText[] =>
  Object.entries(payload).flatMap(([name, value]): PublicText[] => {
    if (!Object.hasOwn(FIELDS, name) || !isPublicText(name as FieldName)) return []
    if (typeof value === 'string') return [{ path: name, text: value }]
    return Array.isArray(value)
      ? value.flatMap(({ task }: { task?: string }, at) =>
          task === undefined ? [] : [{ path: `${name}.${at}.task`, text: task }],
        )
      : []
  })
