import { type DutyHandOver, type DutyMatter, type DutyShift, type DutyWhy, makePublicId } from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import { openName } from '../people/index.ts'
import { mayConfirm } from './duty.policy.ts'
import type { ShiftRow, WatchedRow } from './duty.queries.ts'
import type { HandOverRow } from './hand-over.queries.ts'

/** Colleagues are named to each other. */
const named = (cipher: Cipher, id: string, nameCipher: string | null) => ({
  id,
  name: openName(cipher, { id, nameCipher, phoneCipher: null }),
})

const handedOver = ({ madeAt, confirmedAt }: ShiftRow): DutyShift['handedOver'] => {
  if (confirmedAt !== null) return 'confirmed'
  return madeAt === null ? 'no' : 'made'
}

export const presentShift = (cipher: Cipher, community: string, row: ShiftRow, readerId: string): DutyShift => ({
  id: makePublicId(community, row.id),
  kind: row.kind,
  from: row.startsAt,
  to: row.endsAt,
  person: named(cipher, row.personId, row.nameCipher),
  stands: row.stands,
  insteadOf: row.insteadId === null ? null : named(cipher, row.insteadId, row.insteadCipher),
  standInReason: row.insteadId === null ? null : row.reason,
  handedOver: handedOver(row),
  mine: row.personId === readerId,
  version: row.version,
})

const ORDER: readonly DutyWhy[] = ['not_contacted', 'overdue', 'running_out']

/** Why each is to be watched; whoever waits to be contacted comes first. */
export const toWatch = (rows: readonly WatchedRow[], now: Date): (WatchedRow & { why: DutyWhy })[] =>
  rows
    .map((row) => {
      if (row.state === 'raised' && !row.contacted) return { ...row, why: 'not_contacted' as const }
      return {
        ...row,
        why: row.dueAt !== null && row.dueAt <= now.toISOString() ? ('overdue' as const) : ('running_out' as const),
      }
    })
    .toSorted((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why))

/** @param seesTitle whether the reader may read a matter in this grid */
export const presentMatter = (
  community: string,
  row: Pick<WatchedRow, 'id' | 'number' | 'title' | 'gridCode'> & Pick<DutyMatter, 'why' | 'clock' | 'dueAt'>,
  seesTitle: (gridCode: string | null) => boolean,
): DutyMatter => ({
  id: makePublicId(community, row.id),
  number: row.number,
  title: seesTitle(row.gridCode) ? row.title : null,
  why: row.why,
  clock: row.clock,
  dueAt: row.dueAt,
})

export const presentHandOver = (
  cipher: Cipher,
  community: string,
  row: HandOverRow,
  { seesTitle, ...reader }: { personId: string; manages: boolean; seesTitle: (gridCode: string | null) => boolean },
  matters: ReadonlyMap<string, WatchedRow>,
): DutyHandOver => ({
  shiftId: makePublicId(community, row.shiftId),
  kind: row.kind,
  from: row.startsAt,
  to: row.endsAt,
  madeBy: named(cipher, row.madeBy, row.madeCipher),
  madeAt: row.madeAt,
  note: row.note,
  receiver: named(cipher, row.receiverId, row.receiverCipher),
  confirmedAt: row.confirmedAt,
  matters: row.matters.flatMap(({ issueId, why, clock, dueAt }) => {
    const matter = matters.get(issueId)
    return matter ? [presentMatter(community, { ...matter, why, clock, dueAt }, seesTitle)] : []
  }),
  mayConfirm: row.confirmedAt === null && mayConfirm(row, reader),
})
