import * as z from 'zod'
import { storable } from '../tidy-text.ts'
import { AppError, invalidInput } from './errors.ts'
import { inPlainWords } from './plain-words.ts'

// The words a person reads when a field is wrong.
z.config({ ...z.locales.zhCN(), customError: inPlainWords })

/** Where text stands that JSON can carry and the database cannot hold. The keys are the contract's own. */
function* unstorable(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string') {
    if (storable(value) !== value) yield path
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* unstorable(inner, `${path}.${key}`)
  }
}

/**
 * @returns what the schema made of `value`, all of whose text can be stored
 * @throws AppError invalid_input, naming the failing fields under `where`
 */
export function validate(schema: z.core.$ZodType, value: unknown, where: string): unknown {
  const result = z.safeParse(schema, value)
  if (!result.success) throw invalidInput(result.error, where)
  const errors = [...unstorable(result.data, where)].map((path) => ({
    path,
    message: '含有无法保存的字符，请删去这些字符或重新输入这段文字',
  }))
  if (errors.length > 0) throw new AppError('invalid_input', { errors })
  return result.data
}

/** The version in `If-Match: "7"`; a bare number is understood too. */
export function parseIfMatch(header: string | undefined): number | 'missing' | 'unreadable' {
  if (header === undefined || header === '') return 'missing'
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())
  return match ? Number(match[1]) : 'unreadable'
}
