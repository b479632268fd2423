import { routes } from '@tongxin/client'
import type { IssueDetail } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'
import { useProblemText, useWords, type Values } from '@tongxin/web'
import { ref, shallowRef } from 'vue'
import { api } from '../../../api.ts'
import { announce } from '../../../appearance/announce.ts'
import { lastSeen } from '../../../offline/last-seen.ts'

/** A form of an action over a list of several matters: the one it belongs to is read when it is asked for. */
export function useActionOverList() {
  const { t } = useWords()
  const problemText = useProblemText()
  const issue = shallowRef<IssueDetail | null>(null)
  const offer = shallowRef<IssueDetail['allowedActions'][number] | null>(null)
  const known = shallowRef<Values>({})
  const failure = ref('')
  /** Counts what was done, so that the list is read again. */
  const changed = ref(0)

  async function open(issueId: string, action: Action, values: Values = {}) {
    failure.value = ''
    try {
      const params = { id: issueId }
      const read = await lastSeen(`issue ${issueId}`, () => api.call(routes.issues.readIssue, { params }))
      const allowed = read.allowedActions.find((each) => each.action === action)
      if (!allowed) {
        failure.value = t('judging.notYours', { number: read.number })
        announce(failure.value)
        return
      }
      issue.value = read
      known.value = values
      offer.value = allowed
    } catch (error) {
      failure.value = problemText(error)
    }
  }
  const close = () => {
    offer.value = null
  }
  const done = () => {
    close()
    changed.value += 1
  }
  /** Somebody else was quicker: what was written stays in the form, beside what they did. */
  const stale = async () => {
    const of = issue.value?.id
    if (of === undefined) return
    const read = await api.call(routes.issues.readIssue, { params: { id: of } }).catch(() => null)
    if (read && issue.value?.id === of) issue.value = read
  }
  return { issue, offer, known, failure, changed, open, close, done, stale }
}
