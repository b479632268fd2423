import type { MeasureCode } from '@tongxin/contract'
import { CLOCK_CODES, CLOCKS, STATES } from '@tongxin/lifecycle'
import { prepared } from '../../db/prepared.ts'
import { titleIn } from '../issues/index.ts'
import { daysOf } from '../statistics/index.ts'
import { BATCH, localTime, type ReportRows, spanOf, wordOf } from './report.ts'

interface OfMatter {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  state: string
  unit: string | null
  grid: string | null
}
interface Running extends OfMatter {
  clock: string | null
  dueAt: string
}
interface Late extends OfMatter {
  measure: MeasureCode
  day: string
  nth: number
}

const OF_MATTER = 'i.id, i.number, i.title, i.public_title as "publicTitle", i.state, u.name as unit, g.name as grid'
const RUNNING = `select ${OF_MATTER}, i.due_clock as clock, i.due_at as "dueAt"
  from issues i left join regions g on g.code = i.grid_code left join units u on u.id = i.lead_unit_id
  where i.community_code = $1 and i.due_at < $2
    and ($3::timestamptz is null or (i.due_at, i.id) > ($3::timestamptz, $4::uuid))
  order by i.due_at, i.id limit ${BATCH}`

const LATE = `select ${OF_MATTER}, s.measure, s.day::text as day, s.nth
  from stat_entries s join issues i on i.community_code = s.community_code and i.id = s.issue_id
    left join regions g on g.code = i.grid_code left join units u on u.id::text = s.unit
  where s.community_code = $1 and s.measure = any($2::text[]) and s.day >= $3::date and s.day < $4::date and s.value = 0
    and ($5::date is null or (s.day, s.measure, s.issue_id, s.nth) > ($5::date, $6, $7::uuid, $8::smallint))
  order by s.day, s.measure, s.issue_id, s.nth limit ${BATCH}`

const CLOCK_OF = new Map(CLOCK_CODES.map((clock) => [`clock_${clock}`, CLOCKS[clock].zh]))

/**
 * What was past its deadline at the month's end, or is now, and is not done to this day; then what was done in the month but late. What
 * was overdue at the end of a past month and done since is not in its list but in that of the month in which it was done: no
 * deadlines are kept of clocks that have stopped.
 */
export const overdueRows: ReportRows = async function* (deps, order) {
  const { db, clock } = deps
  const { community, month, masked } = order
  const now = clock.now()
  const [, end] = spanOf(order)
  const titleOf = (row: OfMatter) => titleIn({ kind: 'all', masked }, row)

  const until = new Date(Math.min(end.getTime(), now.getTime())).toISOString()
  let running: Running | undefined
  do {
    const rows: Running[] = await prepared<Running>(db, 'report_overdue', RUNNING, [
      community,
      until,
      running?.dueAt ?? null,
      running?.id ?? null,
    ])
    for (const row of rows)
      yield [
        row.number,
        titleOf(row),
        wordOf(CLOCKS, row.clock),
        localTime(row.dueAt),
        '至今仍未完成',
        null,
        row.unit,
        row.grid,
        wordOf(STATES, row.state),
      ]
    running = rows.length === BATCH ? rows.at(-1) : undefined
  } while (running)

  let late: Late | undefined
  do {
    const rows: Late[] = await prepared<Late>(db, 'report_late', LATE, [
      community,
      [...CLOCK_OF.keys()],
      ...daysOf({ from: month, to: month }),
      late?.day ?? null,
      late?.measure ?? null,
      late?.id ?? null,
      late?.nth ?? null,
    ])
    for (const row of rows)
      yield [
        row.number,
        titleOf(row),
        CLOCK_OF.get(row.measure) ?? row.measure,
        null,
        '超期完成',
        row.day,
        row.unit,
        row.grid,
        wordOf(STATES, row.state),
      ]
    late = rows.length === BATCH ? rows.at(-1) : undefined
  } while (late)
}
