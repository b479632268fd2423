import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from './csv-line.ts'

describe('a CSV line', () => {
  it.each(['=1+1', '+86', '-1', '@SUM(A1)', '\tx', '\rx'])('makes %j harmless', (text) => {
    expect(csvCell(text).replaceAll('"', '')).toBe(`'${text}`)
  })

  it('quotes what would break the line, and leaves numbers and plain text as they are', () => {
    expect(csvLine([1, null, '路灯', 'a,"b"\nc', -5])).toBe('1,,路灯,"a,""b""\nc",-5\r\n')
  })
})
