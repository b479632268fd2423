import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const HASH = `encode(sha256(convert_to('policy ' || p.region_code || ' ' || p.key, 'UTF8')), 'hex')`
/** As `policySubjectId` makes it. */
const SUBJECT = `(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3) || '-' ||
  translate(substr(h, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab') || substr(h, 18, 3) || '-' || substr(h, 21, 12))::uuid`

const SET = `(select p.*, rpad(left(p.region_code, 12), 12, '0') as community_code, ${SUBJECT} as id
  from (select p.*, ${HASH} as h from policies p) p)`

/** Every rule that a region has set, once. */
export const POLICIES_SET = `(select distinct community_code, id from ${SET} s)`

/** The values a region gave one rule, as the events of its chain make them. */
export const replayedPolicies: ReplayedKind = {
  name: 'policies',
  rows: rowsOf(SET, 'x.id = c.id', {
    regionCode: 'region_code',
    key: 'key',
    version: 'version',
    value: 'value',
    effectiveFrom: 'effective_from',
    reason: 'reason',
    running: 'running',
    setBy: 'set_by',
    setAt: 'set_at',
  }),
  replay: (made, { record, at, named }) => {
    made.push({ ...record, reason: named('reason'), setBy: named('setBy'), setAt: at })
  },
  place: ({ version }) => String(version).padStart(9, '0'),
}
