import type { GrantStatus } from '@tongxin/contract'
import type { HashName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import type { grants } from '../../db/schema/grants.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { RegionTree } from '../regions/index.ts'

const MOVES = {
  request: { from: null, to: 'requested' },
  approve: { from: 'requested', to: 'active' },
  refuse: { from: 'requested', to: 'refused' },
  revoke: { from: 'active', to: 'revoked' },
} as const satisfies Record<string, { from: GrantStatus | null; to: GrantStatus }>

/** What evidence needs to know of its surroundings. */
export interface Chain {
  tree: RegionTree
  hashName: HashName
}

/** Every power given or taken stands in a chain of its own; the caller holds the grant's lock. */
export async function recordGrantEvent(
  tx: Tx,
  chain: Chain,
  grant: typeof grants.$inferSelect,
  action: keyof typeof MOVES,
  { by, at, reason }: { by: string; at: Date; reason?: string },
): Promise<void> {
  const { role, regionCode, unitId, validFrom, validTo, personId, deputyFor } = grant
  await appendEvent(
    tx,
    {
      communityCode: chain.tree.tenantOf(regionCode)!,
      subjectType: 'grant',
      subjectId: grant.id,
      action,
      ...MOVES[action],
      occurredAt: at,
      recordedAt: at,
      record: { role, regionCode, unitId, validFrom, validTo },
      personal: { personId, by, reason, ...(deputyFor && { deputyFor }) },
    },
    chain.hashName,
  )
}
