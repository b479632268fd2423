import type { DutyKind } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { HandedMatter } from '../../db/schema/duty.ts'
import { inPlace, STANDS, type Where } from './duty.queries.ts'

const HAND_OVER = `insert into duty_hand_overs (community_code, shift_id, to_shift_id, made_by, made_at, note, matters)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning shift_id`

/** @returns whether it is the first of this shift */
export const insertHandOver = async (
  tx: Tx,
  given: {
    community: string
    shiftId: string
    toShiftId: string
    by: string
    at: Date
    note: string
    matters: HandedMatter[]
  },
): Promise<boolean> => {
  const { community, shiftId, toShiftId, by, at, note, matters } = given
  const values = [community, shiftId, toShiftId, by, at.toISOString(), note, JSON.stringify(matters)]
  return (await prepared(tx, 'duty_hand_over', HAND_OVER, values)).length > 0
}

export interface HandOverRow {
  shiftId: string
  kind: DutyKind
  startsAt: string
  endsAt: string
  madeBy: string
  madeCipher: string | null
  madeAt: string
  note: string
  receiverId: string
  receiverCipher: string | null
  /** Still holds the office for it. */
  receiverStands: boolean
  confirmedAt: string | null
  matters: HandedMatter[]
}

const HANDED = `select h.shift_id as "shiftId", s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt", h.made_by as "madeBy",
    m.name_cipher as "madeCipher", h.made_at as "madeAt", h.note, r.id as "receiverId", r.name_cipher as "receiverCipher",
    ${STANDS('r.id', '$4::timestamptz')} as "receiverStands", h.confirmed_at as "confirmedAt", h.matters
  from duty_hand_overs h
    join duty_shifts s on s.community_code = h.community_code and s.id = h.shift_id
    join duty_shifts n on n.community_code = h.community_code and n.id = h.to_shift_id
    join people m on m.id = h.made_by join people r on r.id = coalesce(h.confirmed_by, n.person_id)
  where h.community_code = $1`

export const findHandOver = (
  on: Queryable,
  where: Where,
  at: Date,
  shiftId: string,
): Promise<HandOverRow | undefined> =>
  preparedOne<HandOverRow>(on, 'duty_handed', `${HANDED} and h.shift_id = $5`, [
    ...inPlace(where),
    at.toISOString(),
    shiftId,
  ])

/** Newest first. */
export const listHandOvers = (
  on: Queryable,
  where: Where,
  at: Date,
  before: [string, string] | null,
  limit: number,
): Promise<HandOverRow[]> =>
  prepared<HandOverRow>(
    on,
    'duty_hand_overs',
    `${HANDED} and ($5::timestamptz is null or (h.made_at, h.shift_id) < ($5, $6::uuid))
      order by h.made_at desc, h.shift_id desc limit $7`,
    [...inPlace(where), at.toISOString(), before?.[0] ?? null, before?.[1] ?? null, limit],
  )

const CONFIRM = `update duty_hand_overs set confirmed_by = $3, confirmed_at = $4
  where community_code = $1 and shift_id = $2 and confirmed_at is null`

export const confirmHandOver = async (
  tx: Tx,
  community: string,
  shiftId: string,
  by: string,
  at: Date,
): Promise<void> => {
  await prepared(tx, 'duty_confirm', CONFIRM, [community, shiftId, by, at.toISOString()])
}
