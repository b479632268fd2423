import { hash } from 'node:crypto'
import type { HashName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import type { policies } from '../../db/schema/policies.ts'
import { appendEvent } from '../../evidence/append-event.ts'

/** The chain of one rule in one region: a UUIDv8 (RFC 9562) made of the two, since a policy has no id of its own. */
export function policySubjectId(regionCode: string, key: string): string {
  const hex = hash('sha256', `policy ${regionCode} ${key}`).slice(0, 32)
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  )
}

/** The caller holds the region's lock. */
export async function recordPolicyEvent(
  tx: Tx,
  communityCode: string,
  setting: typeof policies.$inferInsert,
  hashName: HashName,
): Promise<void> {
  const { regionCode, key, version, value, effectiveFrom, running, reason, setBy, setAt } = setting
  await appendEvent(
    tx,
    {
      communityCode,
      subjectType: 'policy',
      subjectId: policySubjectId(regionCode, key),
      action: 'set',
      from: null,
      to: null,
      occurredAt: setAt,
      recordedAt: setAt,
      record: { regionCode, key, version, value, effectiveFrom, running },
      personal: { setBy, reason },
    },
    hashName,
  )
}
