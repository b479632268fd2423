import { AppError } from '../http/errors.ts'
import { deIdentify } from './de-identify.ts'

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
