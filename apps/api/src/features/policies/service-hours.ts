import type { UnitHours } from '@tongxin/contract'
import { HOUR, type Policy, type ServiceHours, type Shift } from '@tongxin/lifecycle'
import { asc } from 'drizzle-orm'
import type { Db } from '../../db/connect.ts'
import { unitHours } from '../../db/schema/units.ts'

export type ServiceHoursOf = NonNullable<Policy['serviceHours']>

const MINUTE = HOUR / 60

/** `08:30` as milliseconds from midnight. */
const sinceMidnight = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * HOUR + minutes * MINUTE
}

/** As the contract writes them, Monday first, and as clocks count by them, Sunday first. */
const toServiceHours = ({ week, onHolidays }: UnitHours): ServiceHours => {
  const days = week.map((day) => day.map(({ from, to }): Shift => [sinceMidnight(from), sinceMidnight(to)]))
  return { week: [days[6] ?? [], ...days.slice(0, 6)], onHolidays }
}

interface Setting {
  setAt: Date
  hours: ServiceHours | null
}

/** The hours of every unit that ever set some: those that held at a moment, null for those of its region. */
export const readServiceHours = async (db: Db): Promise<ServiceHoursOf> => {
  const rows = await db.select().from(unitHours).orderBy(asc(unitHours.setAt))
  const settings = new Map<string, Setting[]>()
  for (const { unitId, setAt, hours } of rows)
    settings.set(unitId, [...(settings.get(unitId) ?? []), { setAt, hours: hours && toServiceHours(hours) }])
  return (unitId, at) => settings.get(unitId)?.findLast(({ setAt }) => setAt <= at)?.hours ?? null
}
