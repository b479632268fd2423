import { MEASURE_CODES, measureOf, type Scale } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { addTo, type Figure, type Figures, GROUPINGS, nameOf, tidied } from './figures.ts'
import { EDGES } from './histogram.ts'
import { type Cell, type Counted, streamCells, streamCounted } from './statistics.queries.ts'

/** What a matter is measured by, as stored; `MatterTally` makes the other side. */
export const entryKind: ReplayedKind = {
  name: 'stat_entries',
  rows: rowsOf('stat_entries', 'x.issue_id = c.id', {
    measure: 'measure',
    nth: 'nth',
    day: 'day',
    grid: 'grid',
    unit: 'unit',
    category: 'category',
    value: 'value',
  }),
  replay: () => {},
  place: ({ measure, nth }) => `${measure} ${String(nth).padStart(6, '0')}`,
}

type Fail = (
  subject: string,
  seq: number | null,
  reason: string,
  expected?: string | number | null,
  found?: string | number | null,
) => never

const scaled = (scale: Scale) => MEASURE_CODES.filter((code) => measureOf(code).scale === scale)

/** The cells as the entries make them, one by one. */
async function* recounted(counted: AsyncIterable<Counted>): AsyncGenerator<Cell, undefined> {
  let cell: Cell | null = null
  for await (const { measure, bucket, count, sum, ...key } of counted) {
    if (cell === null || nameOf(cell) !== nameOf(key)) {
      if (cell) yield cell
      cell = { ...key, figures: {} }
    }
    addTo(cell.figures, measure, [count, sum, ...(bucket === null ? [] : [{ [bucket]: count }])] as Figure)
  }
  if (cell) yield cell
  return undefined
}

const firstOther = (expected: Figures, found: Figures): string | null => {
  const measures = new Set([...Object.keys(expected), ...Object.keys(found)]) as Set<keyof Figures>
  const words = (figure: Figure | undefined) => JSON.stringify(figure ?? null)
  for (const measure of measures) if (words(expected[measure]) !== words(found[measure])) return measure
  return null
}

/**
 * Counts all entries anew and compares with the roll-ups, cell by cell; that the entries are what the events make of them, the
 * replay of the chains has shown.
 */
export const verifyCells = async (tx: Tx, fail: Fail): Promise<void> => {
  const how = { groupings: GROUPINGS, edges: EDGES, timed: scaled('time'), exact: scaled('exact') }
  const stored = streamCells(tx)
  for await (const cell of recounted(streamCounted(tx, how))) {
    const { value: found } = await stored.next()
    const subject = `stat_cells:${nameOf(cell)}`
    if (!found || nameOf(found) !== nameOf(cell))
      return fail(
        `stat_cells:${nameOf(found ?? cell)}`,
        null,
        'stat_cells.key',
        nameOf(cell),
        found ? nameOf(found) : null,
      )
    const [expected, has] = [tidied(cell.figures), tidied(found.figures)]
    const other = firstOther(expected, has) as keyof Figures | null
    if (other)
      fail(
        subject,
        null,
        `stat_cells.${other}`,
        JSON.stringify(expected[other] ?? null),
        JSON.stringify(has[other] ?? null),
      )
  }
  const { value: left } = await stored.next()
  if (left) fail(`stat_cells:${nameOf(left)}`, null, 'stat_cells.key', null, nameOf(left))
}
