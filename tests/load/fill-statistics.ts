import type { MeasureCode } from '@tongxin/contract'
import type pg from 'pg'
import {
  addEntry,
  type CellKey,
  cellsOf,
  type Figures,
  merge,
  nameOf,
  stored,
  tidied,
} from '../../apps/api/src/features/statistics/figures.ts'
import { COMMUNITY } from './fill.ts'

const HOUR = 3_600_000
const MONTHS = 24
const GRIDS = Array.from({ length: 12 }, (_, i) => `${COMMUNITY}${String(i + 1).padStart(3, '0')}`)
export const UNITS = Array.from(
  { length: 15 },
  (_, i) => `${String(i + 1).padStart(8, '0')}-0000-7000-8000-00000000aaaa`,
)
const CATEGORIES = Array.from({ length: 40 }, (_, i) => String(209_001 + i))
/** The last of the months. */
const LAST = '2026-11'

const monthAt = (i: number): string => new Date(Date.UTC(2026, 10 - (MONTHS - 1) + i)).toISOString().slice(0, 7)
export const PERIOD = { from: '2025-12', to: LAST }

interface Measured {
  measure: MeasureCode
  value: number
}

/** What the `n`th matter is measured by: the way most go, at a pace of its own. */
const measuredAt = (n: number): Measured[] => {
  const spread = (salt: number, most: number) => (((n * salt) % 9_973) / 9_973) * most
  const level = 1 + ((n * 31) % 5)
  const one = (measure: MeasureCode): Measured => ({ measure, value: 1 })
  return [
    one('raised'),
    one((['kind_problem', 'kind_request', 'kind_enquiry'] as const)[n % 3]!),
    one(n % 4 ? 'route_direct' : 'route_council'),
    one('urgency_ordinary'),
    one('accepted'),
    { measure: 'responded', value: Math.round(spread(17, 40) * HOUR) },
    { measure: 'answered', value: Math.round(spread(23, 1_200) * HOUR) },
    { measure: 'closed', value: Math.round(spread(29, 2_400) * HOUR) },
    { measure: 'stage_raise', value: Math.round(spread(37, 48) * HOUR) },
    { measure: 'stage_handle', value: Math.round(spread(41, 600) * HOUR) },
    { measure: 'stage_evaluate', value: Math.round(spread(43, 300) * HOUR) },
    { measure: 'clock_respond', value: n % 20 ? 1 : 0 },
    { measure: 'clock_dispatch', value: n % 15 ? 1 : 0 },
    { measure: 'clock_handle', value: n % 8 ? 1 : 0 },
    { measure: 'rated', value: level },
    { measure: 'rated_first', value: level },
    { measure: 'rated_contacted', value: n % 9 ? 1 : 0 },
    { measure: 'rated_solved', value: n % 7 ? 1 : 0 },
    ...(n % 30 ? [] : [one('returned'), one('reworked')]),
    ...(n % 3 ? [] : [{ measure: 'outcome_street_lamps' as const, value: 1 + (n % 9) }]),
  ]
}

const WRITE = `insert into stat_cells (community_code, span, starts_on, grid, unit, category, figures, others)
  select k."communityCode", k.span, k."startsOn", k.grid, k.unit, k.category, k.figures, k.others
  from json_to_recordset($1::json) as k("communityCode" text, span text, "startsOn" date, grid text, unit text, category text, figures jsonb, others jsonb)`

/**
 * The cells of a month with so many matters, spread over grids, units, categories and days, rolled up by the product's own arithmetic.
 */
const fillMonth = async (client: pg.Client, month: string, [from, to]: readonly [number, number]): Promise<number> => {
  const cells = new Map<string, { key: CellKey; figures: Figures }>()
  const places = new Map<
    string,
    { at: { day: string; grid: string; unit: string; category: string }; figures: Figures }
  >()
  for (let n = from; n < to; n++) {
    const at = {
      day: `${month}-${String(1 + ((n * 13) % 28)).padStart(2, '0')}`,
      grid: GRIDS[(n * 7) % GRIDS.length]!,
      unit: UNITS[(n * 11) % UNITS.length]!,
      category: CATEGORIES[Math.floor(n / 7) % CATEGORIES.length]!,
    }
    const name = `${at.day}|${at.grid}|${at.unit}|${at.category}`
    const place = places.get(name) ?? { at, figures: {} }
    places.set(name, place)
    for (const entry of measuredAt(n)) addEntry(place.figures, entry, 1)
  }
  for (const { at, figures } of places.values())
    for (const key of cellsOf(COMMUNITY, at)) {
      const name = nameOf(key)
      const cell = cells.get(name) ?? { key, figures: {} }
      cells.set(name, cell)
      merge(cell.figures, figures)
    }
  const rows = [...cells.values()].map(({ key, figures }) => ({ ...key, ...stored(tidied(figures)) }))
  for (let i = 0; i < rows.length; i += 1_000) await client.query(WRITE, [JSON.stringify(rows.slice(i, i + 1_000))])
  return rows.length
}

// The lists behind two figures: each matter's own raising and, of every second, closing.
const ENTRIES = (measure: string, value: string, where: string) => `
  insert into stat_entries (community_code, issue_id, measure, nth, day, grid, unit, category, value)
  select community_code, id, '${measure}', 1, (raised_at at time zone interval '8 hours')::date, '', '', '', ${value}
  from issues where community_code = '${COMMUNITY}' and number like '2025-0______' and ${where}
  on conflict do nothing`

/** Roll-ups of so many matters over two years, and the entries behind two of the figures. */
export async function fillStatistics(client: pg.Client, size: number): Promise<number> {
  await client.query(`delete from stat_cells where community_code = $1`, [COMMUNITY])
  let cells = 0
  for (let i = 0; i < MONTHS; i++)
    cells += await fillMonth(client, monthAt(i), [
      Math.floor((i * size) / MONTHS),
      Math.floor(((i + 1) * size) / MONTHS),
    ])
  await client.query(ENTRIES('raised', '1', 'true'))
  await client.query(ENTRIES('closed', '86400000', `state = 'closed'`))
  await client.query('vacuum (analyze) stat_cells, stat_entries')
  await client.query('checkpoint')
  return cells
}
