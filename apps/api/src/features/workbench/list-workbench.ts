import { splitPublicId, type WorkbenchItem, type WorkbenchList } from '@tongxin/contract'
import { type Facts, nextStep, warningFor } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { NO_RELATION, presentItem, rulesActor, toRow, unitsOf } from '../issues/index.ts'
import { searchFor } from './workbench.policy.ts'
import { type AtWork, findAtWork, listWaiting } from './workbench.queries.ts'

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

/** A list of rows that are all somebody else's is looked through so far in one request, and no further. */
const MOST_LOOKS = 20
const LONGEST_LOOK = 100

/**
 * One of a person's lists in a community, with the keyset of the last row looked at. Of the rows found those are left out that the rules
 * put on another list; where they leave nothing, the next rows are looked at.
 * @throws AppError forbidden
 */
export const listWorkbench = async (
  on: Queryable,
  deps: Deps,
  actor: Actor,
  asked: Asked,
): Promise<{ items: WorkbenchItem[]; last: [string, string] | null }> => {
  let found = await look(on, deps, actor, asked)
  for (let looks = 1; found.items.length === 0 && found.last !== null && looks < MOST_LOOKS; looks++)
    found = await look(on, deps, actor, { ...asked, after: found.last, limit: Math.max(asked.limit, LONGEST_LOOK) })
  // More than was asked for may have come of a longer look: the rest is for the next page.
  if (found.items.length <= asked.limit) return found
  const items = found.items.slice(0, asked.limit)
  const last = items.at(-1)
  return { items, last: last?.dueAt ? [last.dueAt, splitPublicId(last.id).id] : null }
}

/** One reading of so many rows, and what of them belongs on the list. */
const look = async (
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
  const last = found.length > limit ? rows.at(-1) : undefined
  const items = rows.flatMap((row) => {
    const { key, issue } = toRow({ communityCode: community, id: row.id }, row)
    const person = rulesActor(actor, tree, key, issue, { ...NO_RELATION, called: row.called }, false)
    const facts = factsOf(byIssue.get(row.id), units)
    const step = nextStep(issue, person, facts, policy, now)
    const warning = step ? null : warningFor(issue, person, facts, policy, now)
    if (list !== (step ? 'mine' : warning ? 'warnings' : 'others')) return []
    const { stored: _, called: __, ...shown } = row
    return [{ ...presentItem(community, search.scope, shown), step: dated(step), warning: dated(warning) }]
  })
  return { items, last: last ? [last.dueAt, last.id] : null }
}

const dated = <Of extends { dueAt: Date }>(of: Of | null) => of && { ...of, dueAt: of.dueAt.toISOString() }
