import { splitPublicId } from '@tongxin/contract'
import type { Made, Replayed } from '../../evidence/replay.ts'
import { replayedAttempts, replayedRatings } from '../evaluation/index.ts'

/** One person's word on a matter in one round, as it stands: what a call-back learned takes the place of what was first said. */
interface Judgement {
  id: string
  round: number
  raiser: boolean
  level: number
  contacted: boolean
  solved: 'yes' | 'partly' | 'no'
  /** Of its last word. */
  at: string
}

export interface Verdict extends Pick<Judgement, 'level' | 'contacted' | 'solved' | 'at'> {
  /** In the first round it was judged in. */
  firstLevel: number
}

const SOLVED = ['no', 'partly', 'yes']

/**
 * Of several the one in the middle, of the two in the middle the less content: neither one friend nor one enemy decides alone.
 */
const middle = (all: readonly Judgement[]): Judgement | undefined => {
  const sorted = all.toSorted(
    (a, b) =>
      a.level - b.level ||
      SOLVED.indexOf(a.solved) - SOLVED.indexOf(b.solved) ||
      Number(a.contacted) - Number(b.contacted) ||
      (a.id < b.id ? -1 : 1),
  )
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

const inRound = (all: readonly Judgement[], round: number): Judgement | undefined => {
  const its = all.filter((each) => each.round === round)
  const raisers = its.filter(({ raiser }) => raiser)
  return middle(raisers.length > 0 ? raisers : its)
}

/** The judgements of one matter, event by event. */
export class Judgements {
  readonly #made: Record<string, Made[]> = { ratings: [], call_back_attempts: [] }
  /** Ratings given by a raiser, or for one. */
  readonly #raisers = new Set<unknown>()

  take(event: Replayed): void {
    const of = (kind: string) => this.#made[kind] ?? []
    replayedRatings.replay(of('ratings'), event, of)
    replayedAttempts.replay(of('call_back_attempts'), event, of)
    const { action, record } = event
    if (action === 'evaluate' && (record.as === 'raiser' || record.onBehalfOf !== undefined))
      this.#raisers.add(splitPublicId(String(record.ratingId)).id)
  }

  #valid(): Judgement[] {
    return this.#made
      .ratings!.filter(({ setAside }) => setAside !== true)
      .map((rating) => {
        const reached = this.#made.call_back_attempts!.findLast(
          ({ ratingId, reached }) => ratingId === rating.id && reached === true,
        )
        return {
          id: String(rating.id),
          round: Number(rating.round),
          raiser: this.#raisers.has(rating.id),
          level: Number(reached?.level ?? rating.level),
          contacted: (reached?.contacted ?? rating.contacted) === true,
          solved: (reached?.solved ?? rating.solved) as Judgement['solved'],
          at: String(reached?.at ?? rating.ratedAt),
        }
      })
  }

  /**
   * What counts for the matter: of the last round that was judged, its raisers' word, and where none of them spoke that of
   * others. Null where nobody did: not rated is not content.
   */
  verdict(): Verdict | null {
    const all = this.#valid()
    const rounds = all.map(({ round }) => round)
    const last = inRound(all, Math.max(...rounds))
    if (!last) return null
    const { level, contacted, solved, at } = last
    return { level, contacted, solved, at, firstLevel: inRound(all, Math.min(...rounds))?.level ?? level }
  }
}
