import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** Every rule a series ever had stands in a chain of its own; the caller holds the lock of the series. */
export const recordSeriesEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  key: MeetingKey,
  action: 'create' | 'change' | 'end',
  it: { by: string; at: Date; record: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<void> => {
  const { by, at: occurredAt, record, personal = {} } = it
  const { communityCode, id: subjectId } = key
  const subject = { communityCode, subjectType: 'meeting_series', subjectId } as const
  const states = { from: action === 'create' ? null : 'active', to: action === 'end' ? 'ended' : 'active' }
  const event = { ...subject, action, ...states, occurredAt, recordedAt: occurredAt, record }
  await appendEvent(tx, { ...event, personal: { by, ...personal } }, config.evidenceHash)
}
