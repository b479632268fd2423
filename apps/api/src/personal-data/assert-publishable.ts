import type { FieldProblem } from '@tongxin/contract'
import { AppError } from '../http/errors.ts'
import { deIdentify } from './de-identify.ts'

/**
 * The one gate of texts that the public will read. All at once: whoever says they have reviewed what they were shown has seen every
 * place.
 * @param texts by their place in the request's body; those that say nothing are let through
 * @throws AppError unprocessable (reason `personal_data`), proposing texts without what looks like personal data
 */
export const assertPublishable = (
  reviewed: boolean,
  texts: Readonly<Record<string, string | null | undefined>>,
): void => {
  if (reviewed) return
  const errors = Object.entries(texts).flatMap(([place, text]): FieldProblem[] => {
    const proposal = deIdentify(text ?? '')
    if (proposal.removals.length === 0) return []
    return [{ path: `body.${place}`, message: `建议改为：${proposal.text}`, proposal }]
  })
  if (errors.length === 0) return
  throw new AppError('unprocessable', {
    reason: 'personal_data',
    detail: '文字中疑有个人信息，请改写，或核对后再存',
    errors,
  })
}
