import { PERSONAL_KINDS } from '@tongxin/lifecycle'
import { describe, expect, it } from 'vitest'
import { labelsOf, readLabels } from './labels.ts'
import type { Message } from './messages.ts'
import { unmask } from './unmask.ts'

const message: Message = { file: 'raised', number: '1', title: '业主张三', body: '张三电话*****************，打给张三' }

describe('the labels', () => {
  it('cover at least 300 messages in two equal halves, and hold numbers and kinds alone', () => {
    const labelled = readLabels()
    expect(labelled.length).toBeGreaterThanOrEqual(300)
    expect(labelled.filter(({ half }) => half === 'tuned')).toHaveLength(labelled.length / 2)
    for (const { file, number, half, labels } of labelled) {
      expect(`${file} ${number} ${half}`).toMatch(/^(?:raised|answered) \d+ (?:tuned|held out)$/)
      for (const { column, start, end, kind } of labels) {
        expect(['title', 'body']).toContain(column)
        expect(Object.keys(PERSONAL_KINDS)).toContain(kind)
        expect(Number.isInteger(start) && Number.isInteger(end) && start < end).toBe(true)
      }
    }
  })

  it('are made from words in brackets, wherever they stand', () => {
    expect(labelsOf(message, [{ words: '[张三]', kind: 'name' }])).toEqual([
      { column: 'body', start: 0, end: 2, kind: 'name' },
      { column: 'body', start: 24, end: 26, kind: 'name' },
      { column: 'title', start: 2, end: 4, kind: 'name' },
    ])
    expect(() => labelsOf(message, [{ words: '[李四]', kind: 'name' }])).toThrow(/cannot mark/)
    expect(() => labelsOf(message, [{ words: '[张三]', kind: 'person' }])).toThrow(/cannot mark/)
  })

  it('move with the numbers made up where the publisher masked one', () => {
    const labels = labelsOf(message, [
      { words: '电话[*****************]', kind: 'phone' },
      { words: '打给[张三]', kind: 'name' },
    ])
    const made = unmask(message, labels)
    expect(made.message.body).toMatch(/^张三电话13\d{9}，打给张三$/)
    expect(made.labels.map(({ start, end }) => made.message.body.slice(start, end))).toEqual([
      made.message.body.slice(4, 15),
      '张三',
    ])
  })
})
