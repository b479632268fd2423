import type { IssueDetail, ProposalView } from '@tongxin/contract'

const DAY = 86_400_000

/** `18,600` or `18,600.50`; sums are kept in fen. */
export const yuanOf = (fen: number): string =>
  (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: fen % 100 === 0 ? 0 : 2 })

/** By when the resolution wants it done; null where that has passed, or nothing was said. */
const dueOf = (adoptedAt: string, { dueDays }: ProposalView, promised: string | null, now: Date): string | null => {
  if (dueDays === null) return null
  const proposed = new Date(Date.parse(adoptedAt) + dueDays * DAY)
  // The date promised to the raiser stands; another dispatch does not put it off.
  const due = promised !== null && Date.parse(promised) < proposed.getTime() ? new Date(promised) : proposed
  return due > now ? due.toISOString() : null
}

/** What a work order starts from where the council resolved on the matter: the units, the date and the words of the resolution. */
export function orderFrom({ resolution, handleDueAt }: IssueDetail, now: Date): Record<string, unknown> {
  if (!resolution) return {}
  const { text, minutesNumber, proposal, adoptedAt } = resolution
  const from = minutesNumber === null ? '按议事会决议' : `按议事会决议（纪要 ${minutesNumber}）`
  if (!proposal) return { instructions: `${from}：${text}` }
  const { leadUnit, coUnits, budgetFen, budgetSource } = proposal
  const money =
    budgetFen === null ? '' : `\n预算 ${yuanOf(budgetFen)} 元${budgetSource === null ? '' : `（${budgetSource}）`}。`
  return {
    leadUnitId: leadUnit?.id,
    coUnits: coUnits.length > 0 ? coUnits.map(({ id }) => ({ unitId: id })) : undefined,
    dueAt: dueOf(adoptedAt, proposal, handleDueAt, now),
    instructions: `${from}：${text}${money}`,
  }
}
