import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { RollRow } from './roll.queries.ts'

/** Imports and rulings stand in the roll's own chain; the caller holds its lock. */
export const recordRollEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  { communityCode, id }: RollRow,
  action: 'import' | 'rule',
  {
    by,
    at,
    record,
    personal,
  }: { by: string; at: Date; record: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<void> => {
  const what = { communityCode, subjectType: 'owners_roll' as const, subjectId: id, action, from: null, to: null }
  await appendEvent(
    tx,
    { ...what, occurredAt: at, recordedAt: at, record, personal: { by, ...personal } },
    config.evidenceHash,
  )
}
