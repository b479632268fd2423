import type { DutyPattern } from '@tongxin/contract'
import {
  confirmDuty,
  handOverDuty,
  nameOnDuty,
  onDutyNow,
  rosterOf,
  setPlan,
  standInFor,
} from '../features/duty/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const OFFSET = 8 * HOUR
const DAY_FROM = 8
const NIGHT_FROM = 20

/** When the shift before the one that runs now ended. */
export const lastChange = (now: number): number => {
  const midnight = Math.floor((now + OFFSET) / DAY) * DAY - OFFSET
  const changes = [NIGHT_FROM - 24, DAY_FROM, NIGHT_FROM].map((hour) => midnight + hour * HOUR)
  return Math.max(...changes.filter((at) => at <= now))
}

/** The week's roster, from ten days back on; one evening somebody else stood in. */
export const keepRoster = async (walk: Walk): Promise<void> => {
  const { tx, people, door } = walk
  const { deps } = door
  const named = (...usernames: string[]) => usernames.map((username) => people[username]!)
  const weekday = { day: named('officer2', 'grid_worker'), night: named('grid_worker', 'grid_worker2') }
  const weekend = { day: named('grid_worker2', 'officer2'), night: named('officer2', 'grid_worker') }
  const pattern: DutyPattern = {
    dayFrom: '08:00',
    nightFrom: '20:00',
    week: [weekday, weekday, weekday, weekday, weekday, weekend, weekend],
    holiday: { day: named('secretary', 'officer2'), night: named('grid_worker', 'grid_worker2') },
  }
  const where = await rosterOf(deps, COMMUNITY)
  await setPlan(tx, deps, where, { phone: '0556-0000002', pattern, version: 0, by: people.secretary! })
  await nameOnDuty(tx, COMMUNITY, people.officer2!, true, deps.clock.now())
  const evening = new Date(deps.clock.now().getTime() + 3 * DAY)
  const running = await onDutyNow(tx, deps, COMMUNITY, evening)
  if (running)
    await standInFor(tx, deps, where, running.shiftId, {
      to: people[running.personId === people.officer2 ? 'grid_worker' : 'officer2']!,
      reason: '家中有事，已商量好',
      by: people.secretary!,
    })
}

/** The shift before hands over to the one that runs now; begin some minutes before it ends. */
export const handOverLastShift = async (walk: Walk): Promise<void> => {
  const { tx, door } = walk
  const { deps } = door
  const before = await onDutyNow(tx, deps, COMMUNITY, deps.clock.now())
  const after = await onDutyNow(tx, deps, COMMUNITY, new Date(deps.clock.now().getTime() + HOUR))
  if (!before || !after) return
  const where = await rosterOf(deps, COMMUNITY)
  const note = '三栋二单元水压低，已请物业上门；其余按清单跟进，未联系的请先打电话。'
  await handOverDuty(tx, deps, where, before.shiftId, { note, by: before.personId })
  walk.pass(8 * MINUTE)
  await confirmDuty(tx, where, before.shiftId, { personId: after.personId, manages: false }, deps.clock.now())
}
