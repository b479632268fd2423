import { ApiProblem, type BodyField } from '@tongxin/client'
import { useProblemText, useWords } from '@tongxin/web'
import { type InjectionKey, nextTick, onBeforeUnmount, provide, ref, type ShallowRef } from 'vue'
import { announceRefusal } from '../appearance/announce.ts'

/** The fields of a route, as `@tongxin/client/fields` has them. */
export type Fields = { readonly [name: string]: BodyField | Fields }

/** What a form asks of each of its fields. */
interface AskedField {
  /** Nothing has been sent yet. */
  begin(): void
  /** @returns whether something is wrong, which the field then says */
  isFaulty(): boolean
  /** @returns whether the server's word on a field is about this one, which then says it */
  refuse(path: string, message: string): boolean
}
interface Form {
  join(field: AskedField): () => void
  pathOf(of: BodyField): string | undefined
  /** What was said of the last sending is over once something is changed. */
  changed(): void
}
export const FORM: InjectionKey<Form> = Symbol('form')

/** `false` leaves the form open without a word, a text with that text as what went wrong. */
export type Send = () => Promise<unknown>

export const isField = (part: BodyField | Fields): part is BodyField => typeof part.type === 'string'
function pathIn(fields: Fields, of: BodyField): string | undefined {
  for (const [name, part] of Object.entries(fields)) {
    if (part === of) return name
    const below = isField(part) ? undefined : pathIn(part, of)
    if (below) return `${name}.${below}`
  }
  return undefined
}

/**
 * Sends what a form holds: once at a time, only when none of its fields finds a fault, and what the server has against a
 * field is said under it. `fields`: those of the route that takes it.
 */
export function useForm(
  frame: Readonly<ShallowRef<HTMLElement | null>>,
  settings: {
    send: () => Send
    fields?: () => Fields | undefined
    /** What is said when somebody else changed it first, and what is done then. */
    overtaken?: () => string | undefined
    stale?: () => (() => void) | undefined
  },
) {
  const { t, locale } = useWords()
  const problemText = useProblemText()
  const failure = ref('')
  const busy = ref(false)
  const joined = new Set<AskedField>()
  /** What the page is read anew for may take the form along: another was quicker. */
  let isGone = false
  onBeforeUnmount(() => {
    isGone = true
  })
  const fail = (why: string) => {
    if (isGone) announceRefusal(why)
    else failure.value = why
  }
  /** Counts the openings: an answer that comes when the form has been left says nothing in the next one. */
  let opening = 0

  provide(FORM, {
    join(field) {
      joined.add(field)
      return () => joined.delete(field)
    },
    pathOf(of) {
      const fields = settings.fields?.()
      return fields && pathIn(fields, of)
    },
    changed() {
      if (!busy.value) failure.value = ''
    },
  })

  async function showFaults() {
    await nextTick()
    frame.value?.querySelector<HTMLElement>('.is-error :is(input, textarea, [tabindex="0"])')?.focus()
  }
  function explain(error: unknown) {
    if (!(error instanceof ApiProblem)) return problemText(error)
    if (error.code === 'stale_version') {
      const stale = settings.stale?.()
      // Where nothing is read anew, the server says what to do.
      if (!stale) return problemText(error)
      stale()
      return settings.overtaken?.() ?? t('form.overtaken')
    }
    // The server says it in Chinese.
    const words = (message: string) => (locale.value === 'zh' ? message : t('faults.refused'))
    const placed = error.errors.filter(
      ({ path, message, proposal }) =>
        !proposal && [...joined].some((field) => field.refuse(path.slice(path.indexOf('.') + 1), words(message))),
    )
    if (placed.length > 0) void showFaults()
    return problemText(error)
  }

  /** Something else stands in the form now, of which nothing has been sent yet. */
  function forget() {
    failure.value = ''
    for (const field of joined) field.begin()
  }
  function begin() {
    opening += 1
    busy.value = false
    forget()
  }
  /** @returns whether it was sent and taken while the form stood open */
  async function submit(): Promise<boolean> {
    if (busy.value) return false
    failure.value = ''
    // Every field says what is wrong with it, not the first alone.
    if ([...joined].filter((field) => field.isFaulty()).length > 0) {
      await showFaults()
      return false
    }
    const mine = opening
    busy.value = true
    try {
      const kept = await settings.send()()
      if (mine !== opening) return false
      if (typeof kept === 'string') fail(kept)
      return kept !== false && typeof kept !== 'string'
    } catch (error) {
      if (mine === opening) fail(explain(error))
      return false
    } finally {
      if (mine === opening) busy.value = false
    }
  }
  return { failure, busy, begin, forget, submit }
}
