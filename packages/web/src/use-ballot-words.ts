import type { MotionView } from '@tongxin/contract'
import {
  CLASSES,
  type CouncilClass,
  FEWEST_SECRET_BALLOTS,
  type Shares,
  THRESHOLDS,
  votesNeeded,
} from '@tongxin/lifecycle'
import { useWords } from './use-words.ts'

const CLASS_WORDS = {
  representative: { zh: '居民代表', en: 'Representatives' },
  party_member: { zh: '党员骨干', en: 'Party members' },
  unit_member: { zh: '单位代表', en: 'Units’ members' },
  staff_member: { zh: '居委会成员', en: 'Committee members' },
} as const

/** Of whom a result's shares are taken: who may vote at all, who was in the room, or who took part from home. */
export const basisOf = ({ rule, voting }: MotionView): 'entitled' | 'present' | 'tookPart' => {
  if (rule === 'households' || rule.startsWith('owners')) return 'entitled'
  return voting.place === 'online' ? 'tookPart' : 'present'
}

/** A result in words from which anybody can compute it again: every sum, the part that is asked, and of whom. */
export function useBallotWords() {
  const { t, named } = useWords()

  const threshold = ({ rule }: MotionView, present: number): string => {
    if (rule === 'consensus') return t('ballot.consensus')
    const { over, n, d } = THRESHOLDS[rule]
    return t(over ? 'ballot.over' : 'ballot.atLeast', { n, d, present, needed: votesNeeded(rule, present) })
  }

  const resultOf = (motion: MotionView): { passed: boolean; lines: string[] } | null => {
    const { result, voting } = motion
    if (!result) return null
    const { heads, entitledHeads, quorum, passed } = result
    const cast = heads.for + heads.against + heads.abstain
    const all = voting.turnout?.entitled ?? entitledHeads
    const unopened = voting.method === 'secret' && voting.listHash === null
    const { parts } = voting
    return {
      passed,
      lines: [
        unopened
          ? t('ballot.unopened', { fewest: FEWEST_SECRET_BALLOTS })
          : t('ballot.sums', { ...heads, silent: all - cast }),
        t('ballot.heads', { basis: t(`ballot.basis.${basisOf(motion)}`), count: entitledHeads }),
        threshold(motion, entitledHeads),
        ...(parts
          ? CLASSES.flatMap((as) => (parts[as]?.members ? [[as, parts[as]] as const] : [])).map(([as, of]) =>
              t('ballot.ofClass', {
                ...of,
                basis: t(`ballot.basis.${voting.place === 'room' ? 'present' : 'tookPart'}`),
                class: named(CLASS_WORDS, as),
              }),
            )
          : []),
        ...(quorum ? [] : [t('ballot.noQuorum')]),
      ],
    }
  }

  const classWords = (as: CouncilClass, shares: Shares): string =>
    t('ballot.byClass', { class: named(CLASS_WORDS, as), ...shares })

  const className = (as: CouncilClass): string => named(CLASS_WORDS, as)

  return { resultOf, classWords, className }
}
