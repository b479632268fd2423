import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

/** Every grant with the tenant in whose chains it stands. */
export const GRANTS_OF_TENANTS = `(select g.*, rpad(left(g.region_code, 12), 12, '0') as community_code from grants g)`

const UNANSWERED = {
  approvedBy: null,
  approvedAt: null,
  refusedBy: null,
  refusedAt: null,
  refusedReason: null,
  revokedBy: null,
  revokedAt: null,
  revokedReason: null,
}

/** A power given or taken, as the events of its chain make it. */
export const replayedGrant: ReplayedKind = {
  name: 'grants',
  rows: rowsOf(GRANTS_OF_TENANTS, 'x.id = c.id', {
    personId: 'person_id',
    role: 'role',
    regionCode: 'region_code',
    unitId: 'unit_id',
    deputyFor: 'deputy_for',
    requestedBy: 'requested_by',
    requestedAt: 'requested_at',
    reason: 'reason',
    approvedBy: 'approved_by',
    approvedAt: 'approved_at',
    refusedBy: 'refused_by',
    refusedAt: 'refused_at',
    refusedReason: 'refused_reason',
    revokedBy: 'revoked_by',
    revokedAt: 'revoked_at',
    revokedReason: 'revoked_reason',
    validFrom: 'valid_from',
    validTo: 'valid_to',
    version: 'version',
  }),
  replay: (made, { action, record, at, named }) => {
    const [by, reason] = [named('by'), named('reason')]
    if (action === 'request') {
      const who = { personId: named('personId'), deputyFor: named('deputyFor') }
      made.push({ ...UNANSWERED, ...record, ...who, requestedBy: by, requestedAt: at, reason, version: 1 })
      return
    }
    const grant = made[0]
    if (!grant) return
    grant.version = Number(grant.version) + 1
    if (action === 'approve') Object.assign(grant, { approvedBy: by, approvedAt: at })
    if (action === 'refuse') Object.assign(grant, { refusedBy: by, refusedAt: at, refusedReason: reason })
    if (action === 'revoke') Object.assign(grant, { revokedBy: by, revokedAt: at, revokedReason: reason })
  },
  place: () => '',
}
