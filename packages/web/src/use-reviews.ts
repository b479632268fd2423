import type { ApiProblem } from '@tongxin/client'
import type { IssueDetail, TextReview } from '@tongxin/contract'
import { countByKind, type FieldName, type PersonalKind, type Removal, withRemovals } from '@tongxin/lifecycle'
import { type Ref, shallowRef } from 'vue'
import type { Values } from './form-fields.ts'

/** A place of the original, and whether it is taken out of the public text or let stand. */
export interface Mark extends Removal {
  active: boolean
}

/** A text for the public whose author sees what looks like personal data in it, each place to be kept or taken out. */
export interface TextReviewed {
  original: string
  marks: readonly Mark[]
  /** Taken out of this text before the present original was written, by kind. */
  earlier: TextReview['removed']
}

/** What stands where a person took something out that no rule names. */
const TAKEN_OUT = '〔已隐去〕'

const activeIn = ({ marks }: TextReviewed) => marks.filter(({ active }) => active)
/** The text as the marks make it. */
export const reviewedText = (reviewed: TextReviewed): string => withRemovals(reviewed.original, activeIn(reviewed))

const sum = (a: TextReview['removed'], b: TextReview['removed']): TextReview['removed'] => {
  const total = { ...a }
  for (const [kind, count] of Object.entries(b) as [PersonalKind, number][]) total[kind] = (total[kind] ?? 0) + count
  return total
}

const textAt = (values: Values, path: string): string | undefined => {
  const [name = '', at, key] = path.split('.')
  const value = at === undefined ? values[name] : (values[name] as Values[] | undefined)?.[Number(at)]?.[key ?? '']
  return typeof value === 'string' ? value.trim() : undefined
}
const setText = (values: Values, path: string, text: string): void => {
  const [name = '', at, key] = path.split('.')
  if (at === undefined) values[name] = text
  else
    values[name] = (values[name] as Values[]).map((line, i) =>
      i === Number(at) ? { ...line, [key ?? '']: text } : line,
    )
}

const begin = (original: string, removals: readonly Removal[], earlier: TextReview['removed'] = {}): TextReviewed => ({
  original,
  marks: removals.map((removal) => ({ ...removal, active: true })),
  earlier,
})

/**
 * The public texts of one form that hold, or held, what looks like personal data: keyed by where they stand (`result`,
 * `coUnits.0.task`). Whatever is taken out or let stand is written into the form's values at once.
 */
export function useReviews(values: Ref<Values>) {
  const reviewed = shallowRef<Readonly<Record<string, TextReviewed>>>({})

  const put = (path: string, review: TextReviewed) => {
    reviewed.value = { ...reviewed.value, [path]: review }
    setText(values.value, path, reviewedText(review))
  }

  /** A new form: its public title and text are proposed from the raiser's own words. */
  const start = (issue: IssueDetail): void => {
    reviewed.value = {}
    const proposed = [
      ['publicTitle', issue.title, issue.proposedTitle],
      ['publicText', issue.body, issue.proposedText],
    ] as const
    for (const [path, original, proposal] of proposed)
      if (path in values.value && original !== null && proposal && proposal.removals.length > 0)
        put(path, begin(original, proposal.removals))
  }

  /** What the server found in the texts as they were sent. Returns whether that was why it refused. */
  const take = (problem: ApiProblem): boolean => {
    const found = problem.errors.filter(({ proposal }) => proposal !== undefined)
    for (const { path: whole, proposal } of found) {
      const path = whole.replace(/^body\./, '')
      const original = textAt(values.value, path)
      const before = reviewed.value[path]
      if (original !== undefined && proposal)
        put(path, begin(original, proposal.removals, before && sum(before.earlier, countByKind(activeIn(before)))))
    }
    return found.length > 0
  }

  const change = (path: string, marks: readonly Mark[]) => {
    const review = reviewed.value[path]
    if (review) put(path, { ...review, marks })
  }
  /** Takes a place out, or lets it stand. */
  const toggle = (path: string, at: number): void =>
    change(
      path,
      reviewed.value[path]?.marks.map((mark, i) => (i === at ? { ...mark, active: !mark.active } : mark)) ?? [],
    )
  /** Takes out what no rule found; a place it overlaps becomes part of it. */
  const takeOut = (path: string, start: number, end: number): void => {
    const marks = reviewed.value[path]?.marks ?? []
    const apart = marks.filter((mark) => mark.end <= start || mark.start >= end)
    const over = marks.filter((mark) => !apart.includes(mark))
    const mark: Mark = {
      start: Math.min(start, ...over.map((each) => each.start)),
      end: Math.max(end, ...over.map((each) => each.end)),
      kind: 'other',
      replacement: TAKEN_OUT,
      active: true,
    }
    change(
      path,
      [...apart, mark].sort((a, b) => a.start - b.start),
    )
  }
  /** Back to what the marks say, dropping what was typed since. */
  const again = (path: string): void => change(path, reviewed.value[path]?.marks ?? [])

  /** The approvals that go with what is sent. */
  const approvals = (body: Values): { reviews?: Record<string, TextReview> } => {
    const given = Object.entries(reviewed.value)
      .filter(([path]) => textAt(body, path) !== undefined)
      .map(([path, review]): [string, TextReview] => [
        path,
        {
          removed: sum(review.earlier, countByKind(activeIn(review))),
          kept: countByKind(review.marks.filter(({ active, kind }) => !active && kind !== 'other')),
        },
      ])
    return given.length > 0 ? { reviews: Object.fromEntries(given) } : {}
  }

  /** The reviews of one field's texts, by where they stand. */
  const under = (name: FieldName): [string, TextReviewed][] =>
    Object.entries(reviewed.value).filter(([path]) => path === name || path.startsWith(`${name}.`))

  /** As they were kept with the values they belong to. */
  const restore = (kept: Readonly<Record<string, TextReviewed>>): void => {
    reviewed.value = kept
  }

  return {
    all: () => reviewed.value,
    restore,
    start,
    take,
    toggle,
    takeOut,
    again,
    approvals,
    under,
    textAt: (path: string) => textAt(values.value, path) ?? '',
  }
}
