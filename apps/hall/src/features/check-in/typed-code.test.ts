import { expect, it } from 'vitest'
import { CODE_LENGTH, codeFrom } from './typed-code.ts'

it('reads a code as it was meant, however it was typed', () => {
  expect(codeFrom('7k2m q9xd')).toBe('7K2MQ9XD')
  expect(codeFrom(' 7K2M-Q9XD ')).toBe('7K2MQ9XD')
  expect(codeFrom('oil0 1ABC')).toBe('01101ABC')
  expect(codeFrom('７Ｋ２Ｍ　Ｑ９ＸＤ')).toHaveLength(CODE_LENGTH)
})
