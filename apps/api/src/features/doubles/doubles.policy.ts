import type { people } from '../../db/schema/people.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertVisible, MAY_CHANGE } from '../people/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type PersonRow = typeof people.$inferSelect

/** A record, and the regions it belongs to: its community, or where it has named none, those in which it has to do with anything. */
export interface Placed {
  person: PersonRow | undefined
  places: readonly string[]
}

/**
 * Both are theirs to change. Who has named no community yet is seen, masked, by all staff: to know such a record's id is not enough, it
 * must have to do with something in a region of theirs, and with nothing elsewhere. Nobody merges themselves.
 * @throws AppError not_found, forbidden
 */
export function assertMayMerge(tree: RegionTree, actor: Actor, kept: Placed, other: Placed): void {
  const both = [kept, other].map(({ person, places }) => {
    assertVisible(tree, actor, person)
    return { person, places }
  })
  for (const { person, places } of both) {
    const theirs = places.length > 0 && places.every((place) => holdsOver(tree, actor, MAY_CHANGE, place))
    if (!theirs && person.regionCode !== null) throw new AppError('forbidden')
    if (!theirs)
      throw new AppError('forbidden', {
        reason: 'of_no_community',
        detail: '此人还没有登记社区，提出的事项和任职也不都在您负责的社区：请先在住户中登记此人，再合并',
      })
    if (person.id === actor.personId)
      throw new AppError('forbidden', { reason: 'not_oneself', detail: '不能合并自己的记录，请由其他工作人员办理' })
  }
  // Of two who have named no community no secretary would read.
  if (both.every(({ person }) => person.regionCode === null)) throw new AppError('forbidden')
}
