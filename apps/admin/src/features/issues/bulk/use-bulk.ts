import { ApiProblem, routes } from '@tongxin/client'
import type { IssueDetail, IssueItem } from '@tongxin/contract'
import { type Action, type FieldName, isMove } from '@tongxin/lifecycle'
import { type FieldFault, useProblemText, type Values } from '@tongxin/web'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { api } from '../../../api.ts'
import { bodyFor, type Fit, fitOf } from './together.ts'

/** So many are read at once. */
const READ_AT_ONCE = 6

export interface Line {
  id: string
  number: string
  title: string | null
  /** Null while it is read, or when it cannot be. */
  issue: IssueDetail | null
  state: 'waiting' | 'doing' | 'done' | 'failed'
  /** Why it failed, in words. */
  failure: string
  /** The same content sent again is one action. */
  sent: { content: string; key: string }
}

/** One action done to several matters, one after the other, with what came of each. */
export function useBulk() {
  const problemText = useProblemText()
  const lines = ref<Line[]>([])
  const reading = ref(false)
  const running = ref(false)
  const action = shallowRef<Action | null>(null)
  let stopped = false

  const issues = computed(() => lines.value.flatMap(({ issue }) => (issue ? [issue as IssueDetail] : [])))
  const fits = computed(
    () =>
      new Map<string, Fit>(
        lines.value.map(({ id, issue }) => [
          id,
          issue && action.value ? fitOf(issue as IssueDetail, action.value).fit : 'not_allowed',
        ]),
      ),
  )
  const left = computed(() => lines.value.filter(({ id, state }) => state !== 'done' && fits.value.get(id) === 'fit'))
  const done = computed(() => lines.value.filter(({ state }) => state === 'done').length)

  async function read(line: Line) {
    try {
      line.issue = await api.call(routes.issues.readIssue, { params: { id: line.id } })
    } catch (error) {
      line.failure = problemText(error)
      line.state = 'failed'
    }
  }
  async function begin(items: readonly IssueItem[]) {
    action.value = null
    lines.value = items.map(({ id, number, title }) => ({
      id,
      number,
      title,
      issue: null,
      state: 'waiting',
      failure: '',
      sent: { content: '', key: '' },
    }))
    reading.value = true
    const queue = [...lines.value]
    const next = async () => {
      for (let line = queue.shift(); line; line = queue.shift()) await read(line)
    }
    await Promise.all(Array.from({ length: READ_AT_ONCE }, next))
    reading.value = false
  }

  /** What is missing before anything is sent: by field, and for how many matters. */
  function lacking(said: Values): Map<FieldName, { fault: FieldFault; count: number }> {
    const found = new Map<FieldName, { fault: FieldFault; count: number }>()
    for (const { issue } of left.value) {
      const offer = issue && action.value && fitOf(issue as IssueDetail, action.value).offer
      if (!offer) continue
      for (const [name, fault] of Object.entries(bodyFor(issue as IssueDetail, offer, said).faults)) {
        const count = (found.get(name as FieldName)?.count ?? 0) + 1
        found.set(name as FieldName, { fault, count })
      }
    }
    return found
  }

  async function act(line: Line, said: Values) {
    const issue = line.issue as IssueDetail | null
    const { offer } = issue && action.value ? fitOf(issue, action.value) : {}
    if (!issue || !offer) return
    const { body } = bodyFor(issue, offer, said)
    const content = JSON.stringify([offer.action, issue.version, body])
    if (content !== line.sent.content) line.sent = { content, key: crypto.randomUUID() }
    line.state = 'doing'
    line.failure = ''
    try {
      await api.call(routes.issueActions[offer.action], {
        params: { id: issue.id },
        body,
        ifMatch: isMove(offer.action) ? issue.version : undefined,
        idempotencyKey: line.sent.key,
      } as never)
      line.state = 'done'
    } catch (error) {
      line.state = 'failed'
      line.failure = problemText(error)
      if (!(error instanceof ApiProblem)) throw error
      // Nobody answers, or nobody is signed in: the others would fare the same.
      if (error.status === 0 || error.status === 401) stopped = true
      // Somebody was quicker: the next try is made with what they left.
      if (error.code === 'stale_version') await read(line)
      line.state = 'failed'
    }
  }
  /** Goes through what is left, until it is stopped or nobody answers. */
  async function run(said: Values) {
    stopped = false
    running.value = true
    try {
      for (const line of left.value) {
        if (stopped) break
        await act(line, said)
      }
    } finally {
      running.value = false
    }
  }
  const stop = () => {
    stopped = true
  }
  onScopeDispose(stop)
  return { lines, issues, fits, left, done, action, reading, running, begin, lacking, run, stop }
}
