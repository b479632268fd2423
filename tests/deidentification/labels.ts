import { readFileSync } from 'node:fs'
import { PERSONAL_KINDS, type PersonalKind } from '@tongxin/lifecycle'
import type { Column, File, Message } from './messages.ts'

/** Where one piece of personal data stands in the raw text of a cell: UTF-16 units, `end` the first that does not belong to it. */
export interface Label {
  column: Column
  start: number
  end: number
  kind: PersonalKind
}

/** What a person found in one message; none of its words. */
export interface Labelled {
  file: File
  number: string
  half: 'tuned' | 'held out'
  labels: readonly Label[]
}

const LABELS = new URL('labels.jsonl', import.meta.url)

export const writtenLabels = ({ file, number, half, labels }: Labelled): string =>
  JSON.stringify([file, number, half, ...labels.map(({ column, start, end, kind }) => [column, start, end, kind])])

export const readLabels = (): Labelled[] =>
  readFileSync(LABELS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [file, number, half, ...labels] = JSON.parse(line)
      return {
        file,
        number,
        half,
        labels: labels.map(([column, start, end, kind]: [Column, number, number, PersonalKind]) => ({
          column,
          start,
          end,
          kind,
        })),
      }
    })

/**
 * Labels from what a person wrote down of one message: `张[先生]` marks every “先生” after “张”, with its kind.
 * @throws Error where the words are not found, or the kind is none
 */
export const labelsOf = (message: Message, marks: readonly { words: string; kind: string }[]): Label[] => {
  const labels = new Map<string, Label>()
  for (const { words, kind } of marks) {
    const [, before = '', marked = '', after = ''] = /^(.*?)\[(.+)\](.*)$/s.exec(words) ?? []
    const whole = before + marked + after
    let found = false
    for (const column of ['title', 'body'] as const) {
      for (let at = message[column].indexOf(whole); at !== -1; at = message[column].indexOf(whole, at + 1)) {
        const start = at + before.length
        found = true
        labels.set(`${column} ${start}`, { column, start, end: start + marked.length, kind: kind as PersonalKind })
      }
    }
    if (!marked || !found || !Object.hasOwn(PERSONAL_KINDS, kind))
      throw new Error(`${message.file} ${message.number}: cannot mark ${words} as ${kind}`)
  }
  return [...labels.values()].sort((a, b) => a.column.localeCompare(b.column) || a.start - b.start)
}
