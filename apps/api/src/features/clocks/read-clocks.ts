import type { ClockView, TermUnit } from '@tongxin/contract'
import { type Clock, type ClockCode, clockRow, isWorkingTime, POLICIES, type PolicyKey } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import type { IssueKey, View } from '../issues/index.ts'
import type { PolicySettings } from '../policies/index.ts'
import { civilDate, type RegionTree } from '../regions/index.ts'
import { listSnapshots, type Snapshot } from './clocks.queries.ts'
import { dayIn, daysFrom, isArranged, isPlain } from './days.ts'
import { presentStory, type Story, storiesOf } from './explain-clocks.ts'

/** About single people: how and when they were heard is theirs and the staff's. */
const PERSONAL: ReadonlySet<ClockCode> = new Set<ClockCode>(['contact', 'appeal', 'objection', 'call_back'])

/** What began and ended in one moment only tells that something was said between two. */
const isForAll = ({ clock, stoppedAt }: Story): boolean => !PERSONAL.has(clock.clock) && stoppedAt !== clock.from

const NAMES = `select u.id::text as id, u.name from units u where u.id = any($1::uuid[])
  union all select c.code, c.name from categories c where c.code = any($2::text[])`

interface Names {
  units: readonly string[]
  categories: readonly string[]
}

const namesOf = async (on: Queryable, { units, categories }: Names): Promise<ReadonlyMap<string, string>> => {
  if (units.length + categories.length === 0) return new Map()
  const rows = await prepared<{ id: string; name: string }>(on, 'clock_names', NAMES, [units, categories])
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const categoryOf = ({ rule }: Clock): string | null =>
  rule.startsWith('category:') ? rule.slice('category:'.length) : null

const SPAN_UNITS = {
  calendarMinutes: 'minutes',
  calendarHours: 'calendar_hours',
  calendarDays: 'days',
  workingHours: 'working_hours',
  workingDays: 'working_days',
} as const satisfies Record<string, TermUnit>

interface Where {
  tree: RegionTree
  settings: PolicySettings
  regionCode: string
  at: Date
}

/** By which rule, and who set it to that when. */
const termOf = (
  clock: Clock,
  { tree, settings, regionCode }: Where,
  names: ReadonlyMap<string, string>,
): ClockView['term'] => {
  const { rule, span } = clock
  if (rule === 'given' || span === null) return { by: 'given' }
  const [[spanUnit, amount]] = Object.entries(span) as [[keyof typeof SPAN_UNITS, number]]
  const unit = SPAN_UNITS[spanUnit]
  const code = categoryOf(clock)
  if (code !== null) return { by: 'category', code, name: names.get(code) ?? null, amount, unit }
  const key = rule as PolicyKey
  for (const region of tree.upwards(regionCode)) {
    const set = (settings.get(region.code) ?? []).findLast((each) => each.key === key && each.value === amount)
    if (set)
      return {
        by: 'policy',
        key,
        name: POLICIES[key].zh,
        amount,
        unit,
        setFor: region.code,
        effectiveFrom: set.effectiveFrom.toISOString(),
      }
  }
  return { by: 'policy', key, name: POLICIES[key].zh, amount, unit, setFor: null, effectiveFrom: null }
}

/** The unit in whose hours a clock is counted, if in any unit's: the one whose part it is, else the one that led when it began. */
const countedFor = ({ clock, changes: [begun] }: Story, snapshots: readonly Snapshot[]): string | null =>
  clockRow(clock.clock).inServiceHours && begun && clock.span !== null && 'workingHours' in clock.span
    ? (clock.about ??
      snapshots.findLast(({ seq, leadUnitId }) => seq <= begun.seq && leadUnitId !== null)?.leadUnitId ??
      null)
    : null

const MOST_DAYS = 400

/** The days between the two that are not as every week's, and how many of them all do not count. */
const daysBetween = (where: Where, from: string, to: string) => {
  const last = civilDate(new Date(to))
  const days = [...daysFrom(civilDate(new Date(from)), last)].slice(0, MOST_DAYS).map((day) => dayIn(where, day))
  return {
    daysOff: days.filter(({ works }) => !works).length,
    days: days.filter((day) => !isPlain(day)).map(({ day, works, kind, name }) => ({ day, works, kind, name })),
  }
}

/** Of one co-unit; answers owed to several are known by when they came. */
const isOfUnit = (clock: Clock): clock is Clock & { about: string } =>
  clock.about !== null && clock.clock !== 'objection' && clock.clock !== 'call_back'

/** How each date of a matter came about, for a reader with this view of it. */
export const readClocks = async (on: Queryable, deps: Deps, key: IssueKey, view: View) => {
  const { clock: wall, directory } = deps
  const now = wall.now()
  const [snapshots, tree, settings, policy] = await Promise.all([
    listSnapshots(on, key),
    directory.regions.tree(),
    directory.policies.settings(),
    directory.policies.policyFor(key.communityCode, now),
  ])
  const stories = storiesOf(snapshots).filter((story) => view !== 'public' || isForAll(story))
  const names = await namesOf(on, {
    units: [
      ...stories.flatMap(({ clock }) => (isOfUnit(clock) ? [clock.about] : [])),
      ...stories.flatMap((story) => countedFor(story, snapshots) ?? []),
    ],
    categories: stories.flatMap(({ clock }) => categoryOf(clock) ?? []),
  })
  const where = { tree, settings, regionCode: key.communityCode, at: now }
  const items = stories.map((story): ClockView => {
    const { clock } = story
    const told = presentStory(story, now)
    const unitId = countedFor(story, snapshots)
    const own = unitId !== null && policy.serviceHours?.(unitId, new Date(clock.from))
    const counted = isWorkingTime(clock.span) ? daysBetween(where, told.from, told.dueAt) : { daysOff: 0, days: [] }
    return {
      ...told,
      about: isOfUnit(clock) ? (names.get(clock.about) ?? null) : null,
      term: termOf(clock, where, names),
      hoursOf: own ? (names.get(unitId) ?? null) : null,
      ...counted,
      provisional: isWorkingTime(clock.span) && !isArranged(civilDate(new Date(told.dueAt))),
    }
  })
  return { now: now.toISOString(), items }
}
