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
interface MovedOn extends Running {
  day: string | null
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

const atEnd = (field: string) => `(select record -> 'changes' ->> '${field}' from events e
    where e.community_code = i.community_code and e.subject_type = 'issue' and e.subject_id = i.id and e.occurred_at < $2
      and e.record -> 'changes' ? '${field}' order by e.seq desc limit 1)`

/** What was overdue by $2 and has moved on since: as the events left it by then, and the first day from $3 on on which it was done late. */
const MOVED_ON = `select ${OF_MATTER}, past.clock, past."dueAt", (select min(s.day)::text from stat_entries s
      where s.community_code = i.community_code and s.issue_id = i.id and s.measure = 'clock_' || past.clock and s.value = 0
        and s.day >= $3::date) as day
  from issues i
    join events h on h.community_code = i.community_code and h.subject_type = 'issue' and h.subject_id = i.id and h.seq = i.last_seq
    cross join lateral (select ${atEnd('dueClock')} as clock, ${atEnd('dueAt')}::timestamptz as "dueAt") past
    left join regions g on g.code = i.grid_code left join units u on u.id = i.lead_unit_id
  where i.community_code = $1 and h.occurred_at >= $2 and past."dueAt" < $2
    and (i.due_at, i.due_clock) is distinct from (past."dueAt", past.clock) and ($4::uuid is null or i.id > $4)
  order by i.id limit ${BATCH}`

const LATE = `select ${OF_MATTER}, s.measure, s.day::text as day, s.nth
  from stat_entries s join issues i on i.community_code = s.community_code and i.id = s.issue_id
    left join regions g on g.code = i.grid_code left join units u on u.id::text = s.unit
  where s.community_code = $1 and s.measure = any($2::text[]) and s.day >= $3::date and s.day < $4::date and s.value = 0
    and ($5::date is null or (s.day, s.measure, s.issue_id, s.nth) > ($5::date, $6, $7::uuid, $8::smallint))
  order by s.day, s.measure, s.issue_id, s.nth limit ${BATCH}`

const CLOCK_OF = new Map(CLOCK_CODES.map((clock) => [`clock_${clock}`, CLOCKS[clock].zh]))

/**
 * What was past its deadline at the month's end, or is now: what is not done to this day, then, of a past month, what came of the others
 * since; at last what was done in the month but late.
 */
export const overdueRows: ReportRows = async function* (deps, order) {
  const { db, clock } = deps
  const { community, month, masked } = order
  const now = clock.now()
  const [, end] = spanOf(order)
  const [first, next] = daysOf({ from: month, to: month })
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

  let moved: MovedOn | undefined
  if (end <= now)
    do {
      const asked = [community, until, next, moved?.id ?? null]
      const rows: MovedOn[] = await prepared<MovedOn>(db, 'report_overdue_then', MOVED_ON, asked)
      for (const row of rows)
        yield [
          row.number,
          titleOf(row),
          wordOf(CLOCKS, row.clock),
          localTime(row.dueAt),
          row.day ? '月底未完成，后超期完成' : '月底未完成，后终止或改期',
          row.day,
          row.unit,
          row.grid,
          wordOf(STATES, row.state),
        ]
      moved = rows.length === BATCH ? rows.at(-1) : undefined
    } while (moved)

  let late: Late | undefined
  do {
    const rows: Late[] = await prepared<Late>(db, 'report_late', LATE, [
      community,
      [...CLOCK_OF.keys()],
      first,
      next,
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
