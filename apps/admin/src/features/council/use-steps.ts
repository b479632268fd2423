import type { MeetingView } from '@tongxin/contract'
import { type Loading, useProblemText, useWords } from '@tongxin/web'
import { type Ref, ref } from 'vue'
import { announce } from '../../appearance/announce.ts'

export interface Steps {
  busy: Ref<boolean>
  failure: Ref<string>
  /** One step on the meeting as it was last read; whether it was done. */
  take(work: (seen: MeetingView) => Promise<unknown>, said: string): Promise<boolean>
}

const wasKept = (done: unknown): boolean =>
  typeof done === 'object' && done !== null && 'kept' in done && done.kept === true

/** Every step ends with the meeting read anew: others are in the room too. */
export function useSteps(meeting: Pick<Loading<MeetingView>, 'data' | 'reload'>): Steps {
  const { t } = useWords()
  const problemText = useProblemText()
  const busy = ref(false)
  const failure = ref('')

  const take = async (work: (seen: MeetingView) => Promise<unknown>, said: string): Promise<boolean> => {
    const read = meeting.data.value
    if (!read) return false
    busy.value = true
    failure.value = ''
    try {
      announce(wasKept(await work(read)) ? t('outbox.kept', { action: said }) : said)
    } catch (error) {
      failure.value = problemText(error)
    } finally {
      busy.value = false
    }
    await meeting.reload()
    return failure.value === ''
  }
  return { busy, failure, take }
}
