import type * as z from 'zod'

/** What one of each is counted in. */
const COUNTED: Record<string, string> = { string: '个字', array: '项', set: '项', file: '字节' }

/** What is asked of a number of characters, entries, or of a figure itself. */
function bound(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>): string | undefined {
  const limit = issue.code === 'too_big' ? issue.maximum : issue.minimum
  const unit = COUNTED[issue.origin]
  if (unit) return issue.code === 'too_big' ? `最多 ${limit} ${unit}` : `至少 ${limit} ${unit}`
  if (issue.origin !== 'number' && issue.origin !== 'int' && issue.origin !== 'bigint') return undefined
  if (issue.code === 'too_big') return issue.inclusive === false ? `要小于 ${limit}` : `不能大于 ${limit}`
  return issue.inclusive === false ? `要大于 ${limit}` : `不能小于 ${limit}`
}

/**
 * The faults that people make, in words for people: the library's own name types and operators. What is not among them
 * keeps the library's words, for the programmer who sent it.
 */
export function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_big' || issue.code === 'too_small') return bound(issue)
  if (issue.code === 'invalid_type' && issue.input === undefined) return '必须填写'
  return undefined
}
