import type { StatementState } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { IssueKey } from '../issues/index.ts'
import type { StatementKey } from './statements.queries.ts'

/** Every step of a statement stands in a chain of its own; the caller holds its row. The words are personal until they are accepted. */
export const recordStatementEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  key: StatementKey,
  action: 'raise' | 'change' | 'accept' | 'reject' | 'erase_personal',
  it: {
    from: StatementState | null
    to: StatementState
    at: Date
    record: Record<string, unknown>
    personal: { by: string; text?: string } | null
  },
): Promise<void> => {
  const { at, ...rest } = it
  const { communityCode, id } = key
  const what = {
    communityCode,
    subjectType: 'statement' as const,
    subjectId: id,
    action,
    occurredAt: at,
    recordedAt: at,
  }
  await appendEvent(tx, { ...what, ...rest }, config.evidenceHash)
}

/** A matter's map as it was when the matter was decided; by nobody. The caller holds the map's row. */
export const recordMapEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  issue: IssueKey,
  { at, record }: { at: Date; record: Record<string, unknown> },
): Promise<void> => {
  const what = { communityCode: issue.communityCode, subjectType: 'opinion_map' as const, subjectId: issue.id }
  const when = { occurredAt: at, recordedAt: at }
  await appendEvent(
    tx,
    { ...what, ...when, action: 'record', from: null, to: null, record, personal: null },
    config.evidenceHash,
  )
}
