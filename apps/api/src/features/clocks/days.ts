import type { CalendarDay } from '@tongxin/contract'
import { holidayName, isArranged, kindOfDay, statutoryCalendar } from '../../calendar/statutory-calendar.ts'
import { DAY_VALUES, dayKey, type PolicySettings } from '../policies/index.ts'
import type { RegionTree } from '../regions/index.ts'

const DAY = 86_400_000

/** `YYYY-MM-DD`, both included. */
export function* daysFrom(first: string, last: string): Generator<string> {
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) yield new Date(at).toISOString().slice(0, 10)
}

/** A day in a region at a moment: what the nearest region upwards says of it, else what the State arranged. */
export const dayIn = (
  { tree, settings, regionCode, at }: { tree: RegionTree; settings: PolicySettings; regionCode: string; at: Date },
  day: string,
): CalendarDay => {
  const key = dayKey(day)
  const version = (settings.get(regionCode) ?? []).filter((setting) => setting.key === key).length
  for (const { code } of tree.upwards(regionCode)) {
    const own = (settings.get(code) ?? []).findLast((each) => each.key === key && each.effectiveFrom <= at)
    if (!own) continue
    if (own.value === DAY_VALUES.as_arranged) break
    const works = own.value === DAY_VALUES.works
    return { day, works, kind: 'own', name: own.reason, version, setFor: code }
  }
  const works = statutoryCalendar.isWorkday(day)
  return { day, works, kind: kindOfDay(day), name: holidayName(day), version, setFor: null }
}

export const isPlain = ({ kind }: CalendarDay): boolean => kind === 'weekday' || kind === 'weekend'

export { isArranged }
