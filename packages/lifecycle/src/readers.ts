import { FIELDS, type Field, type FieldName } from './fields.ts'
import type { Capacity } from './roles.ts'
import { ACTIONS, type Action } from './table.ts'

/** Who reads a line of the timeline, or a text that was written for it. */
export const READERS = {
  public: { zh: '居民可见', en: 'Residents can see this' },
  raisers: { zh: '提出人可见', en: 'The raisers can see this' },
  author: { zh: '本人和工作人员可见', en: 'Its author and staff can see this' },
  staff: { zh: '仅工作人员可见', en: 'Staff only' },
} as const
export type Readers = keyof typeof READERS

interface Seen {
  visibility: string
}

/** What these wrote about themselves is theirs and the staff's, but for comments. */
const RESIDENTS: ReadonlySet<string> = new Set(['raiser', 'identified', 'anyone'])
export const isResident = (as: unknown): boolean => RESIDENTS.has(String(as))

/** Of a matter that is not public nothing is read by everybody. */
export const readersOfLine = (action: Action, { visibility }: Seen): Readers => {
  const { audience } = ACTIONS[action]
  return audience === 'public' && visibility !== 'public' ? 'raisers' : audience
}

/** Who reads what stands in this field, which may be fewer than know of the line. */
export const readersOfField = (action: Action, as: Capacity, name: FieldName, matter: Seen): Readers => {
  const line = readersOfLine(action, matter)
  const field: Field = FIELDS[name]
  // A rating is its giver's, also where somebody typed it for them.
  const ownWords = action === 'evaluate' && (field.personal || field.type === 'photos')
  if (line === 'staff') return line
  if (ownWords) return 'author'
  if (!field.personal) return line
  if (field.type === 'position' || field.names === 'handler') return 'staff'
  return isResident(as) && action !== 'comment' ? 'author' : 'raisers'
}
