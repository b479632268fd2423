import type { Action } from './table.ts'

/** Photos of how things stood, and of how they stand after the work. */
export const BEFORE_ACTIONS: readonly Action[] = ['raise', 'reopen']
export const AFTER_ACTIONS: readonly Action[] = ['submit', 'finish_part', 'answer', 'verify']
/** After these the work was found wanting: what was shown as its result is none. */
export const UNDONE_ACTIONS: readonly Action[] = ['reject', 'rectify', 'reopen']

export interface BeforeAfter<Photo> {
  before: Photo[]
  after: Photo[]
}

/** What there is to compare of a matter, from the entries of its record in their order. */
export const beforeAndAfter = <Photo>(
  entries: readonly { action: string; photos: readonly Photo[] }[],
): BeforeAfter<Photo> => {
  const found: BeforeAfter<Photo> = { before: [], after: [] }
  const among = (actions: readonly string[], action: string) => actions.includes(action)
  for (const { action, photos } of entries) {
    if (among(UNDONE_ACTIONS, action)) found.after = []
    if (among(BEFORE_ACTIONS, action)) found.before.push(...photos)
    if (among(AFTER_ACTIONS, action)) found.after.push(...photos)
  }
  return found
}
