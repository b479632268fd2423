import { STATEMENT_LENGTH } from '@tongxin/contract'
import { AppError } from '../../http/errors.ts'
import { tidyLine } from '../../tidy-text.ts'

const unfit = (reason: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: 'body.text', message }] })

/** Seven digits in a row are somebody's number. */
const NUMBER = /\d(?:[ -]?\d){6,}/

/**
 * A statement as it is kept, and what makes it the same as another one.
 * @throws AppError unprocessable when it says nothing, or holds a number
 */
export const readStatement = (given: string): { text: string; textKey: string } => {
  const text = tidyLine(given)
  const textKey = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\s]+/gu, '')
  if (textKey.length < 2) throw unfit('statement_empty', '请把意见写完整')
  if (text.length > STATEMENT_LENGTH) throw unfit('statement_too_long', `一条意见最多 ${STATEMENT_LENGTH} 字`)
  if (NUMBER.test(text.normalize('NFKC')))
    throw unfit('statement_holds_number', '意见是公开的，请不要写电话号码、证件号码')
  return { text, textKey }
}
