import type { WorkbenchItem } from '@tongxin/contract'
import { type Facts, nextStep } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { NO_RELATION, presentItem, rulesActor, toRow, unitsOf } from '../issues/index.ts'
import { searchFor, type WorkbenchList } from './workbench.policy.ts'
import { type AtWork, findAtWork, listWaiting, type WaitingRow } from './workbench.queries.ts'

export interface Asked {
  community: string
  list: WorkbenchList
  after: readonly [dueAt: string, id: string] | null
  limit: number
}

const factsOf = (of: AtWork | undefined, units: readonly string[]): Facts => ({
  leadUnit: { hasAccounts: of?.leadHasAccounts !== false },
  returns: { ofLead: of?.returnsOfLead ?? 0, unitIds: of?.returnedBy ?? [] },
  parts: (of?.parts ?? []).map((part) => ({
    ...part,
    mine: units.includes(part.unitId),
    madeAt: new Date(part.madeAt),
    dueAt: new Date(part.dueAt),
    extensionAskedFor: part.extensionAskedFor === null ? null : new Date(part.extensionAskedFor),
  })),
})

/**
 * What waits for this person in a community, or what they wait for from others, with the keyset of the last row looked at: of the rows
 * found those are left out that the rules put on the other list.
 * @throws AppError forbidden
 */
export const listWorkbench = async (
  on: Queryable,
  { clock, directory }: Deps,
  actor: Actor,
  { community, list, after, limit }: Asked,
): Promise<{ items: WorkbenchItem[]; last: [string, string] | null }> => {
  const now = clock.now()
  const tree = await directory.regions.tree()
  const search = searchFor(actor, tree, community, list)
  const found = await listWaiting(on, { communityCode: community, list, search, after, limit: limit + 1, now })
  const rows = found.slice(0, limit)
  const [atWork, policy] = await Promise.all([
    findAtWork(
      on,
      community,
      rows.map(({ id }) => id),
      now,
    ),
    directory.policies.policyFor(community, now),
  ])
  const byIssue = new Map(atWork.map((each) => [each.issueId, each]))
  const units = unitsOf(actor)
  const stepOf = (row: WaitingRow) => {
    const { key, issue } = toRow({ communityCode: community, id: row.id }, row)
    const person = rulesActor(actor, tree, key, issue, { ...NO_RELATION, called: row.called }, false)
    return nextStep(issue, person, factsOf(byIssue.get(row.id), units), policy, now)
  }
  const last = found.length > limit ? rows.at(-1) : undefined
  const keyset: [string, string] | null = last ? [last.dueAt, last.id] : null
  const items = rows.flatMap((row) => {
    const step = stepOf(row)
    if ((step !== null) !== (list === 'mine')) return []
    const { stored: _, called: __, ...shown } = row
    const dated = step && { ...step, dueAt: step.dueAt.toISOString() }
    return [{ ...presentItem(community, search.scope, shown), step: dated }]
  })
  return { items, last: keyset }
}
