import { type MinutesContent, splitPublicId } from '@tongxin/contract'
import { canonicalForm, type HashName, hashText } from '@tongxin/evidence'
import { AppError } from '../../http/errors.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
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

/**
 * All at once: whoever says they have reviewed what they were shown has seen every place.
 * @throws AppError unprocessable, proposing texts without what looks like personal data
 */
export const assertPublishable = (fields: readonly { text: string; path: string }[]): void => {
  const errors = fields.flatMap(({ text, path }) => {
    const { text: proposed, replaced } = deIdentify(text)
    return replaced.length === 0 ? [] : [{ path, message: `建议改为：${proposed}` }]
  })
  if (errors.length === 0) return
  throw new AppError('unprocessable', {
    reason: 'personal_data',
    detail: '文字中疑有个人信息，请改写，或核对后再存',
    errors,
  })
}
