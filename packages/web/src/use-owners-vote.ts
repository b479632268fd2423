import type { OwnersCheck, OwnersVoteView } from '@tongxin/contract'
import { dateTime } from './time.ts'
import { useWords } from './use-words.ts'

/** Hundredths of a square metre as they are read: `1,234.50 m²`. */
export const squareMetres = (hundredths: number): string =>
  `${(hundredths / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} m²`

const SIDES = ['for', 'against', 'abstain'] as const

/** An owners' vote in words from which anybody can compute its result again. */
export function useOwnersVote() {
  const { t } = useWords()
  const kindOf = ({ rule }: OwnersVoteView) => (rule === 'households' ? 'households' : 'owners')
  const headsOf = (vote: OwnersVoteView, count: number) => t(`ownersVote.headsOf.${kindOf(vote)}`, { count }, count)

  /** The notice, its clocks and how far it has come, line by line. */
  const linesOf = (vote: OwnersVoteView): string[] => {
    const { roll, turnout, postedAt, opensAt, closesAt, objectionsUntil, countedAt, resultDueAt } = vote
    const rolled = { heads: headsOf(vote, roll.heads), flats: roll.flats, area: squareMetres(roll.areaHundredths) }
    const voted = { heads: headsOf(vote, turnout.heads), area: squareMetres(turnout.areaHundredths) }
    return [
      t('ownersVote.posted', { time: dateTime(postedAt) }),
      t('ownersVote.window', { opens: dateTime(opensAt), closes: dateTime(closesAt) }),
      ...(objectionsUntil ? [t('ownersVote.objectionsUntil', { time: dateTime(objectionsUntil) })] : []),
      countedAt
        ? t('ownersVote.countedAt', { time: dateTime(countedAt) })
        : t('ownersVote.resultDue', { time: dateTime(resultDueAt) }),
      t('ownersVote.roll', rolled),
      t('ownersVote.turnout', voted),
    ]
  }

  /** What was chosen, and what was not said: by heads, and by area where that counts. */
  const sidesOf = ({ result, roll }: OwnersVoteView): { side: string; heads: number; area: string | null }[] => {
    if (!result) return []
    const { heads, area } = result
    const silent = (whole: number, its: typeof heads) => whole - its.for - its.against - its.abstain
    return [
      ...SIDES.map((side) => ({
        side: t(`ownersVote.sides.${side}`),
        heads: heads[side],
        area: area && squareMetres(area[side]),
      })),
      {
        side: t('ownersVote.sides.silent'),
        heads: silent(roll.heads, heads),
        area: area && squareMetres(silent(roll.areaHundredths, area)),
      },
    ]
  }

  const amount = ({ of }: OwnersCheck, count: number) => (of === 'area' ? squareMetres(count) : String(count))
  const checkOf = (vote: OwnersVoteView, check: OwnersCheck) => ({
    name: t(`ownersVote.checkNames.${check.what}.${check.of === 'area' ? 'area' : kindOf(vote)}`),
    sum: `${amount(check, check.part)} / ${amount(check, check.whole)}`,
    asked: t(check.over ? 'ownersVote.over' : 'ownersVote.atLeast', { n: check.n, d: check.d }),
    reached: check.reached,
  })

  return { kindOf, linesOf, sidesOf, checkOf }
}
