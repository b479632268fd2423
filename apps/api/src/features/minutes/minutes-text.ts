import { type MinutesContent, splitPublicId } from '@tongxin/contract'
import { canonicalForm, type HashName, hashText } from '@tongxin/evidence'
import { AppError } from '../../http/errors.ts'
import type { Notes } from './compose-minutes.ts'

/** What is confirmed and checked afterwards: anybody can recompute it from the public text. */
export const hashOfContent = (hashName: HashName, content: MinutesContent): string =>
  hashText(hashName, canonicalForm(content))

export const notesOf = ({ items, remarks }: MinutesContent): Notes => ({
  items: new Map(items.map(({ issueId, note }) => [splitPublicId(issueId).id, note])),
  remarks,
})

/** @param issueId the item written about; null for the remarks */
export const withNote = (content: MinutesContent, issueId: string | null, note: string): MinutesContent =>
  issueId === null
    ? { ...content, remarks: note }
    : { ...content, items: content.items.map((item) => (item.issueId === issueId ? { ...item, note } : item)) }

/** @throws AppError unprocessable for an item that is not in these minutes */
export const assertInMinutes = ({ items }: MinutesContent, issueId: string, path: string): void => {
  if (items.some((item) => item.issueId === issueId)) return
  const message = '纪要中没有这项议题'
  throw new AppError('unprocessable', { reason: 'item_unknown', detail: message, errors: [{ path, message }] })
}
