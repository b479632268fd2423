import type { Label } from './labels.ts'
import type { Column, Message } from './messages.ts'

/** What the publisher of the messages put in the place of numbers. */
const MASK = /^[*\d-]*(?:\*{10,}|0000-0{8})$/

const digits = (count: number, seed: number): string =>
  Array.from({ length: count }, (_, at) => (seed * (at + 3) + at * at) % 10).join('')

/** A made-up number of the kind, like those that stood there: a mobile, a landline, an ID number, an account. */
const numberLike = ({ kind, start }: Label, mask: string): string => {
  if (kind === 'id_number') return `340803196${start % 10}0${1 + (start % 9)}1${start % 10}${digits(3, start)}X`
  if (kind === 'account') return `1${digits(8, start)}`
  return mask.includes('0000') ? `0556-5${digits(6, start)}` : `13${digits(9, start)}`
}

/**
 * The message with a made-up number wherever a label marks one that its publisher had masked, and the labels moved
 * accordingly: else nearly no number would be left to find. Masks that stand for something else stay.
 */
export const unmask = (message: Message, labels: readonly Label[]): { message: Message; labels: Label[] } => {
  const texts: Record<Column, string> = { title: message.title, body: message.body }
  const moved = labels.map((label) => ({ ...label }))
  for (const label of moved) {
    const text = texts[label.column]
    const mask = text.slice(label.start, label.end)
    if (!MASK.test(mask)) continue
    const number = numberLike(label, mask)
    texts[label.column] = text.slice(0, label.start) + number + text.slice(label.end)
    const by = number.length - mask.length
    for (const other of moved)
      if (other.column === label.column && other.start > label.start) {
        other.start += by
        other.end += by
      }
    label.end += by
  }
  return { message: { ...message, ...texts }, labels: moved }
}
