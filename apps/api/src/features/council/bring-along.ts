import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { carryHeard, type SetItem } from './agenda.queries.ts'
import { carryPapers } from './items.queries.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { itemsOnRecord } from './set-agenda.ts'

/**
 * What goes with matters that move to another meeting's draft: their papers; and when a meeting is over, what was to be heard there and
 * was not, with its own. The caller holds the locks of both meetings.
 */
export const bringAlong = async (
  tx: Tx,
  deps: Deps,
  from: MeetingKey,
  to: MeetingKey,
  { issueIds, heard, by, at }: { issueIds: readonly string[]; heard: boolean; by: string | null; at: Date },
): Promise<void> => {
  const items: SetItem[] = heard ? await carryHeard(tx, from, to) : []
  const papers = await carryPapers(tx, from, to, [...issueIds, ...items.map(({ id }) => id)], at)
  if (items.length + papers.length === 0) return
  const said = itemsOnRecord(items)
  await recordMeetingEvent(tx, deps, to, 'bring_along', {
    from: 'draft',
    to: 'draft',
    by,
    at,
    record: { ...said.record, brought: papers, fromMeetingId: from.id },
    personal: said.personal,
  })
}
