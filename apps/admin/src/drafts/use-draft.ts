import { onScopeDispose, ref, toRaw, watch } from 'vue'
import { draftOf, dropDraft, keepDraft, sweepDrafts } from './drafts.ts'

/**
 * What is written into a form and not sent yet outlives the form, the tab and the session. `content`: what of the form is kept.
 * Nothing is kept of a form that holds no more than it began with.
 */
export function useDraft<T>(content: () => T) {
  /** Of the draft the form was filled from, when it was written; '' where there was none. */
  const from = ref('')
  let name = ''
  let blank = ''

  watch(
    content,
    (now) => {
      if (name === '') return
      if (JSON.stringify(now) === blank) dropDraft(name)
      else keepDraft(name, toRaw(now))
    },
    { deep: true },
  )

  /** Begins with the form as it is before anybody wrote into it. Returns what was left unsent. */
  const open = (of: string): T | null => {
    sweepDrafts()
    name = of
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
    name = ''
    from.value = ''
  }
  onScopeDispose(close)
  /** It was sent. */
  const drop = (): void => {
    if (name !== '') dropDraft(name)
    from.value = ''
  }
  /** What was written is not wanted: the form begins anew. */
  const restart = (begin: () => void): void => {
    drop()
    begin()
    blank = JSON.stringify(content())
  }
  /** As it is kept, for what takes it on until it is sent. */
  const asKept = () => ({ name, content: content() })
  return { from, asKept, open, fillIn, restart, close, drop }
}
