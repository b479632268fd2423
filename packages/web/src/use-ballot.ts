import type { Client } from '@tongxin/client'
import { routes } from '@tongxin/client'
import type { BallotView, MotionView, MyVote } from '@tongxin/contract'
import type { Choice } from '@tongxin/lifecycle'
import { computed, onScopeDispose, ref } from 'vue'
import { InsecurePage, type Papers } from './ballot-papers.ts'
import { useLoading } from './use-loading.ts'
import { useProblemText } from './use-problem-text.ts'
import { useWords } from './use-words.ts'

/** How a vote of the reader's stands, on this device too: whether to draw, to choose, to wait, or nothing more. */
export type VoteStanding = 'choose' | 'draw' | 'planned' | 'cast' | 'elsewhere' | Exclude<MyVote['state'], 'may_vote'>

const isFull = ({ voting: { turnout } }: MotionView): boolean => turnout !== null && turnout.cast === turnout.entitled

/** One ballot and what the reader does in it; both apps show it in their own way. */
export function useBallot(api: Client, papers: Papers, id: () => string) {
  const { t } = useWords()
  const problemText = useProblemText()
  const ballot = useLoading<BallotView>(() => api.call(routes.council.readBallot, { params: { id: id() } }))
  const busy = ref(false)
  const failure = ref('')
  /** The token of a paper cast just now; it is shown once. */
  const fresh = ref('')
  /** Grows as papers move, which nothing else tells. */
  const moved = ref(0)
  /** A paper was cast from this page. */
  let unseen = false

  const standingOf = (vote: MyVote): VoteStanding => {
    void moved.value
    const { motion } = ballot.data.value ?? {}
    if (motion?.voting.method !== 'secret') return vote.state === 'may_vote' ? 'choose' : vote.state
    const paper = papers.stateOf(id(), vote.principal.personId)
    if (paper === 'cast') return 'cast'
    if (motion.state !== 'open') return vote.state === 'paper_issued' ? 'paper_issued' : 'not_voted'
    if (paper === 'planned') return 'planned'
    if (paper === 'drawn') return 'choose'
    if (vote.state === 'paper_issued') return 'elsewhere'
    return vote.state === 'may_vote' ? 'draw' : vote.state
  }

  /** @param quiet asks nothing of the server afterwards: a question by name right behind an unseen ballot would tell whose it was */
  const take = async (work: () => Promise<unknown>, quiet = false): Promise<boolean> => {
    busy.value = true
    failure.value = ''
    try {
      await work()
      return true
    } catch (error) {
      failure.value = error instanceof InsecurePage ? t('ballot.insecure') : problemText(error)
      return false
    } finally {
      busy.value = false
      moved.value += 1
      if (!quiet) await ballot.reload()
    }
  }

  const vote = ({ principal, own }: MyVote, choice: Choice): Promise<boolean> =>
    take(() =>
      api.call(routes.council.castVote, {
        params: { id: id() },
        body: { choice, ...(own ? {} : { principalId: principal.personId }) },
      }),
    )
  const draw = ({ principal, own }: MyVote): Promise<boolean> =>
    take(() => papers.draw({ id: id(), publicKey: ballot.data.value?.publicKey ?? '' }, principal.personId, own))
  const castNow = ({ principal }: MyVote, choice: Choice): Promise<boolean> =>
    take(async () => {
      unseen = true
      fresh.value = await papers.cast(id(), principal.personId, choice)
    }, true)
  const castLater = ({ principal }: MyVote, choice: Choice): void => {
    const closesAt = ballot.data.value?.motion.voting.closesAt
    papers.castLater(id(), principal.personId, choice, closesAt ? new Date(closesAt) : null)
    moved.value += 1
  }
  /**
   * Shows what was heard of the motion. The reader's own part is asked for when the ballot began or ended for everybody, and when all have
   * voted, so that it may be counted: not by who cast an unseen ballot here, as that question would follow on it.
   */
  const follow = (heard: MotionView | undefined): void => {
    const read = ballot.data.value
    if (!heard || !read || heard.id !== read.motion.id) return
    const { motion: before } = read
    const { state, countedAt, result, voting } = heard
    const turned = state !== before.state || voting.openedAt !== before.voting.openedAt
    const due = (isFull(heard) && !isFull(before)) || ballot.stale.value
    ballot.data.value = { ...read, motion: { ...before, state, countedAt, result, voting } }
    if (turned || (due && !(voting.method === 'secret' && unseen))) void ballot.refresh()
  }
  const close = (): Promise<boolean> => take(() => api.call(routes.council.closeBallot, { params: { id: id() } }))

  const kept = () =>
    ballot.data.value?.mine.find(({ principal }) => papers.receiptOf(id(), principal.personId) !== null)?.principal
  /** The number to be noted, of a paper cast now or by itself while nobody looked. */
  const receipt = computed(() => {
    void moved.value
    const whose = kept()
    return fresh.value || (whose && papers.receiptOf(id(), whose.personId)) || ''
  })
  const noteReceipt = (): void => {
    const whose = fresh.value === '' ? kept() : undefined
    if (whose) papers.noteReceipt(id(), whose.personId)
    fresh.value = ''
    moved.value += 1
  }

  papers.resume()
  onScopeDispose(
    papers.onMoved(() => {
      unseen = true
      moved.value += 1
    }),
  )

  return {
    ballot,
    busy,
    failure,
    receipt,
    noteReceipt,
    standingOf,
    plannedFor: ({ principal }: MyVote) => papers.plannedFor(id(), principal.personId),
    vote,
    draw,
    castNow,
    castLater,
    close,
    follow,
  }
}
