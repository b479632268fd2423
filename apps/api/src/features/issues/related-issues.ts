import { makePublicId, type RelatedIssue, splitPublicId } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { type Actor, isSelf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { findWhole, findWholes, type WholeIssue } from './find-whole.ts'
import { type View, viewOf } from './issues.policy.ts'
import { presentIssue } from './issues.present.ts'
import type { IssueKey } from './stage.ts'
import type { Door } from './take-action.ts'
import { presentEvent } from './timeline.present.ts'

/** More than anybody merges into one matter; each is read as its reader may see it. */
const MOST = 50

type Relation = RelatedIssue['relation']
/** The events that bind one matter to another, the field of theirs that names the other, and what it then is to this one. */
const LINKS: Readonly<Record<string, readonly [field: string, relation: Relation]>> = {
  merge: ['targetId', 'merged_into'],
  split: ['splitFrom', 'split_from'],
  absorb: ['source', 'merged'],
  release: ['source', 'split_off'],
  refer: ['linkedIssue', 'referred_to'],
  raise: ['referredFrom', 'referred_from'],
}

const linksOf = ({ events }: WholeIssue): Map<string, Relation> => {
  const links = new Map<string, Relation>()
  for (const { action, record } of events) {
    const [field, relation] = LINKS[action] ?? []
    const id = field && record[field]
    if (typeof id === 'string' && relation) links.set(id, relation)
  }
  return links
}

/** The matters that this one became part of, took in or came from, as far as the reader may know of them. */
export const listRelated = async (on: Queryable, door: Door, key: IssueKey, actor: Actor): Promise<RelatedIssue[]> => {
  const tree = await door.deps.directory.regions.tree()
  const readable = (whole: WholeIssue | null | undefined): { whole: WholeIssue; view: View } | null => {
    const view = whole && viewOf(actor, tree, whole.row.key.communityCode, whole.row.issue, whole.relation)
    return whole && view ? { whole, view } : null
  }
  /** Who made one of the two, and when; it stands in the record of the matter that was merged, split or referred. */
  const doneIn = (of: { whole: WholeIssue; view: View }, action: string) => {
    const event = of.whole.events.findLast((each) => each.action === action)
    const reader = { ...of, isSelf: (id: unknown) => isSelf(actor, id), photos: [], cipher: door.deps.cipher }
    const entry = event && presentEvent(event, { ...reader, communityCode: of.whole.row.key.communityCode })
    return entry ? { at: entry.occurredAt, as: entry.as, by: entry.actorName } : { at: null, as: null, by: null }
  }
  const self = readable(await findWhole(on, key, actor))
  if (!self) throw new AppError('not_found')
  const links = [...linksOf(self.whole)].slice(-MOST).map(([id, relation]) => ({ key: splitPublicId(id), relation }))
  const others = await findWholes(
    on,
    links.map((link) => link.key),
    actor,
  )
  const related: RelatedIssue[] = []
  for (const { key, relation } of links) {
    const other = readable(others.get(key.id))
    if (!other) continue
    const { row, relation: standing } = other.whole
    const { number, title, state, raisedAt } = presentIssue(row, other.view, standing)
    const ours = relation === 'merged_into' || relation === 'split_from' || relation === 'referred_to'
    const action = relation.startsWith('merged') ? 'merge' : relation.startsWith('split') ? 'split' : 'refer'
    const done = doneIn(ours ? self : other, action)
    related.push({
      id: makePublicId(row.key.communityCode, row.key.id),
      number,
      title,
      state,
      raisedAt,
      relation,
      ...done,
    })
  }
  return related.reverse()
}
