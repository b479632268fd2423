import type { people } from '../../db/schema/people.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertVisible, MAY_CHANGE } from '../people/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type PersonRow = typeof people.$inferSelect

/**
 * Both are theirs to change; where one has named no community yet, the other says whose it is. Nobody merges themselves.
 * @throws AppError not_found, forbidden
 */
export function assertMayMerge(
  tree: RegionTree,
  actor: Actor,
  kept: PersonRow | undefined,
  other: PersonRow | undefined,
): asserts kept is PersonRow {
  for (const person of [kept, other]) {
    assertVisible(tree, actor, person)
    if (person.regionCode !== null && !holdsOver(tree, actor, MAY_CHANGE, person.regionCode))
      throw new AppError('forbidden')
    if (person.id === actor.personId)
      throw new AppError('forbidden', { reason: 'not_oneself', detail: '不能合并自己的记录，请由其他工作人员办理' })
  }
  // Two of whom nobody knows where they live are nobody's to judge, and no secretary would read of it.
  if (kept?.regionCode === null && other?.regionCode === null) throw new AppError('forbidden')
}
