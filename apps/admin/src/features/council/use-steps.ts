import type { MeetingView } from '@tongxin/contract'
import { type Loading, useProblemText, useWords } from '@tongxin/web'
import { type Ref, ref } from 'vue'
import { announce } from '../../appearance/announce.ts'

export interface Steps {
  busy: Ref<boolean>
  failure: Ref<string>
  /** One step on the meeting as it was last read; whether it was done. */
  take(work: (seen: MeetingView) => Promise<unknown>, said: string): Promise<boolean>
  /**
   * As `take`, for a form, which says itself what was refused.
   * @throws what the server refused
   */
  send(work: (seen: MeetingView) => Promise<unknown>, said: string): Promise<void>
}

const wasKept = (done: unknown): boolean =>
  typeof done === 'object' && done !== null && 'kept' in done && done.kept === true

/** Every step ends with the meeting read anew: others are in the room too. */
export function useSteps(meeting: Pick<Loading<MeetingView>, 'data' | 'refresh'>): Steps {
  const { t } = useWords()
  const problemText = useProblemText()
  const busy = ref(false)
  const failure = ref('')

  const send: Steps['send'] = async (work, said) => {
    const read = meeting.data.value
    if (!read) return
    busy.value = true
    failure.value = ''
    try {
      announce(wasKept(await work(read)) ? t('outbox.kept', { action: said }) : said)
    } finally {
      busy.value = false
      // What is being written stands on while nobody answers.
      await meeting.refresh()
    }
  }
  const take: Steps['take'] = async (work, said) => {
    try {
      await send(work, said)
      return true
    } catch (error) {
      failure.value = problemText(error)
      return false
    }
  }
  return { busy, failure, take, send }
}
