import { routes } from '@tongxin/client'
import { issues as fields } from '@tongxin/client/fields'
import type { IssueItem } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { api } from '../../api.ts'
import { useSession } from '../../features/sessions/index.ts'

/** How long somebody pauses before we ask, in milliseconds. */
const [PAUSE, MOST_FOUND] = [250, 8]

/** Matters by their number or words, as somebody types. Only what answers the text as it stands is told. */
export function useMatterSearch(typed: () => string) {
  const session = useSession()
  const text = computed(() => typed().slice(0, fields.listIssues.text.most))
  const asked = ref('')
  const isAbout = computed(() => session.isStaff && session.community !== null && text.value !== '')
  const answer = useLoading<{ to: string; items: IssueItem[] }>(async () => {
    const [to, community] = [asked.value, session.community ?? '']
    const { items } = await api.call(routes.issues.listIssues, { query: { community, text: to, limit: MOST_FOUND } })
    return { to, items }
  })

  const ask = () => {
    asked.value = text.value
    void answer.reload()
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, () => {
    clearTimeout(timer)
    if (isAbout.value) timer = setTimeout(ask, PAUSE)
  })
  onBeforeUnmount(() => clearTimeout(timer))

  const isAsked = computed(() => isAbout.value && asked.value === text.value)
  const problem = computed(() => (isAsked.value ? answer.problem.value : undefined))
  const items = computed(() => {
    const last = answer.data.value
    return isAbout.value && !problem.value && last?.to === text.value ? last.items : undefined
  })
  const waiting = computed(() => isAbout.value && !problem.value && !items.value)
  return { items, waiting, problem, again: ask }
}
