import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { SittingRow } from './sittings.queries.ts'

type SittingAction = 'create' | 'change' | 'open' | 'attend' | 'note' | 'decide' | 'close' | 'cancel'

/** Every step of a sitting stands in a chain of its own; the caller holds its row. */
export const recordSittingEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  sitting: Pick<SittingRow, 'communityCode' | 'id' | 'state'>,
  action: SittingAction,
  it: {
    from?: SittingRow['state'] | null
    at: Date
    record?: Record<string, unknown>
    personal: { by: string } & Record<string, unknown>
  },
): Promise<void> => {
  const { communityCode, id: subjectId, state } = sitting
  const { from = state, at, record = {}, personal } = it
  const subject = { communityCode, subjectType: 'sitting', subjectId } as const
  const event = { ...subject, action, from, to: state, occurredAt: at, recordedAt: at, record, personal }
  await appendEvent(tx, event, config.evidenceHash)
}
