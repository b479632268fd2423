import * as z from 'zod'
import { invalidInput } from './errors.ts'

// The words a person reads when a field is wrong.
z.config(z.locales.zhCN())

/** @throws AppError invalid_input, naming the failing fields under `where` */
export function validate(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value)
  if (!result.success) throw invalidInput(result.error, where)
  return result.data
}

/** The version in `If-Match: "7"`; a bare number is understood too. */
export function parseIfMatch(header: string | undefined): number | 'missing' | 'unreadable' {
  if (header === undefined || header === '') return 'missing'
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())
  return match ? Number(match[1]) : 'unreadable'
}
