import { routes } from '@tongxin/client'
import type { PastedAside, PastedMatter } from '@tongxin/contract'
import { computed, ref } from 'vue'
import { api } from '../../api.ts'
import type { IntakeFields } from './use-intake.ts'

/** A draft that waits beside the form. */
export interface Entry extends PastedMatter {
  id: string
  /** What else was filled in for it before another was taken into the form. */
  filled?: Partial<IntakeFields>
}
export type Aside = PastedAside & { id: string }

export type Written = Pick<PastedMatter, 'sender' | 'saidAt' | 'title' | 'body'> & Pick<Entry, 'filled'>

/** The drafts that were read out of pasted text, and what seems to be none; `current` is in the form. */
export function usePasted() {
  const entries = ref<Entry[]>([])
  const asides = ref<Aside[]>([])
  const current = ref<string | null>(null)

  const entryOf = (written: Written): Entry => ({ supporters: [], media: 0, ...written, id: crypto.randomUUID() })
  const waiting = computed(() => entries.value.filter(({ id }) => id !== current.value))

  /** @returns how many drafts were found. @throws ApiProblem */
  const read = async (text: string): Promise<number> => {
    const { matters, asides: left } = await api.call(routes.intake.readPastedMessages, { body: { text } })
    entries.value.push(...matters.map(entryOf))
    asides.value.push(...left.map((aside) => ({ ...aside, id: crypto.randomUUID() })))
    return matters.length
  }
  const restore = (left: Entry[], at: string | null) => {
    entries.value = left
    asides.value = []
    current.value = at
  }
  const change = (id: string, what: Partial<Entry>) => {
    entries.value = entries.value.map((entry) => (entry.id === id ? { ...entry, ...what } : entry))
  }
  const add = (written: Written): Entry => {
    const entry = entryOf(written)
    entries.value.unshift(entry)
    return entry
  }
  const remove = (id: string) => {
    entries.value = entries.value.filter((entry) => entry.id !== id)
    if (current.value === id) current.value = null
  }
  /** With the one before it; the text of the one in the form stays the form's to change. */
  const join = (id: string): Entry | undefined => {
    const at = entries.value.findIndex((entry) => entry.id === id)
    const [before, joined] = [entries.value[at - 1], entries.value[at]]
    if (!before || !joined) return undefined
    const one = {
      ...before,
      body: `${before.body}\n${joined.body}`,
      supporters: [...new Set([...before.supporters, ...joined.supporters])],
      media: before.media + joined.media,
    }
    entries.value = entries.value.flatMap((entry) => (entry.id === before.id ? [one] : entry.id === id ? [] : [entry]))
    return one
  }
  /** Not wanted as a matter: it is put with what seems to be none, from where it can be fetched again. */
  const drop = ({ id, sender, saidAt, body }: Entry) => {
    remove(id)
    asides.value.push({ id: crypto.randomUUID(), sender, saidAt, text: body, kind: 'small_talk' })
  }
  const fetch = ({ id, sender, saidAt, text }: Aside) => {
    asides.value = asides.value.filter((aside) => aside.id !== id)
    entries.value.push(entryOf({ sender, saidAt, title: '', body: text }))
  }
  return { entries, asides, current, waiting, read, restore, change, add, remove, join, drop, fetch }
}
export type PastedDrafts = ReturnType<typeof usePasted>
