import { computed, onScopeDispose, ref, toRaw, watch } from 'vue'
import { draftOf, dropDraft, holdDraft, keepDraft, sweepDrafts } from './drafts.ts'

/**
 * What is written into a form and not sent yet outlives the form, the tab and the session. `content`: what of the form is kept.
 * Nothing is kept of a form that holds no more than it began with.
 */
export function useDraft<T>(content: () => T) {
  /** Of the draft the form was filled from, when it was written; '' where there was none. */
  const from = ref('')
  const name = ref('')
  let blank = ''
  let letGo = (): void => {}
  /** The name of the draft that is being sent. */
  const sent = ref('')
  const isUnderWay = computed(() => name.value !== '' && name.value === sent.value)

  const keep = (now: T): void => {
    if (name.value === '' || isUnderWay.value) return
    if (JSON.stringify(now) === blank) dropDraft(name.value)
    // What is kept like this already is not written anew: another page would take it for something else.
    else if (JSON.stringify(draftOf(name.value)?.content) !== JSON.stringify(now)) keepDraft(name.value, toRaw(now))
  }
  watch(content, keep, { deep: true })

  /** Begins with the form as it is before anybody wrote into it. Returns what was left unsent. */
  const open = (of: string): T | null => {
    sweepDrafts()
    letGo()
    name.value = of
    blank = JSON.stringify(content())
    const draft = draftOf<T>(of)
    from.value = draft?.at ?? ''
    return draft?.content ?? null
  }
  /** What the form fills in by itself after it was opened is nothing that anybody wrote. */
  const fillIn = (fill: () => void): void => {
    const untouched = JSON.stringify(content()) === blank
    fill()
    if (untouched) blank = JSON.stringify(content())
  }
  /** The form is gone; its draft stays. */
  const close = (): void => {
    letGo()
    name.value = ''
    from.value = ''
  }
  onScopeDispose(close)
  /** It was sent. */
  const drop = (): void => {
    if (name.value !== '') dropDraft(name.value)
    from.value = ''
  }
  /** What was written is not wanted: the form begins anew. */
  const restart = (begin: () => void): void => {
    drop()
    begin()
    blank = JSON.stringify(content())
  }
  /** From here on under a name of its own beside the one it had: another page goes on under that. */
  const stepAside = (): void => {
    name.value = `${name.value}.${crypto.randomUUID()}`
    keep(content())
    letGo()
    letGo = holdDraft(name.value)
  }
  const asKept = () => ({ name: name.value, content: content() })
  /**
   * Sends it. Until it is known what came of that nothing more is written of it, or its form would offer what is on its way a second
   * time; after a refusal it is kept as it stands in its form.
   */
  const whileSent = async <R>(send: (kept: { name: string; content: T }) => Promise<R>): Promise<R> => {
    const kept = asKept()
    sent.value = kept.name
    try {
      return await send(kept)
    } catch (error) {
      sent.value = ''
      if (name.value === kept.name && JSON.stringify(content()) !== JSON.stringify(kept.content)) keep(content())
      throw error
    } finally {
      sent.value = ''
    }
  }
  return { from, isUnderWay, asKept, whileSent, open, stepAside, fillIn, restart, close, drop }
}
