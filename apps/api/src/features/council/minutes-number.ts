import type { Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { yearOf } from '../issues/index.ts'
import type { MeetingKey } from './meetings.queries.ts'

const FIND = 'select number from minutes_numbers where community_code = $1 and meeting_id = $2'
const NEXT = `insert into minutes_counters (community_code, year, last) values ($1, $2, 1)
  on conflict (community_code, year) do update set last = minutes_counters.last + 1 returning last`
const KEEP = 'insert into minutes_numbers (community_code, meeting_id, number) values ($1, $2, $3)'

/**
 * The number of a meeting's minutes in the community's year, e.g. `2026-03`: given when it is first asked for, the same ever after.
 * The caller holds the meeting's lock.
 */
export const takeMinutesNumber = async (tx: Tx, key: MeetingKey, openedAt: string): Promise<string> => {
  const place = [key.communityCode, key.id]
  const known = await preparedOne<{ number: string }>(tx, 'minutes_number', FIND, place)
  if (known) return known.number
  const year = yearOf(new Date(openedAt))
  const next = await preparedOne<{ last: number }>(tx, 'minutes_number_next', NEXT, [key.communityCode, year])
  const number = `${year}-${String(next?.last ?? 1).padStart(2, '0')}`
  await prepared(tx, 'minutes_number_keep', KEEP, [...place, number])
  return number
}
