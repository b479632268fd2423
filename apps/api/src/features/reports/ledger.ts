import { FIELDS, type Field, type FieldName, ROUTES, STATES } from '@tongxin/lifecycle'
import { prepared } from '../../db/prepared.ts'
import { findRaisers, raiserCells } from '../exports/index.ts'
import { titleIn } from '../issues/index.ts'
import { BATCH, localTime, type ReportRows, spanOf, wordOf } from './report.ts'

interface Row {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  kind: string
  visibility: string
  channel: string
  category: string | null
  grid: string | null
  urgency: string | null
  route: string | null
  state: string
  unit: string | null
  round: number
  raisedAt: string
  acceptedAt: string | null
  handleDueAt: string | null
  closedAt: string | null
}

const ROWS = `select i.id, i.number, i.title, i.public_title as "publicTitle", i.kind, i.visibility, i.channel, c.name as category,
    g.name as grid, i.urgency, i.route, i.state, u.name as unit, i.round, i.raised_at as "raisedAt", i.accepted_at as "acceptedAt",
    i.handle_due_at as "handleDueAt", i.closed_at as "closedAt"
  from issues i left join categories c on c.code = i.category_code left join regions g on g.code = i.grid_code
    left join units u on u.id = i.lead_unit_id
  where i.community_code = $1 and i.raised_at >= $2 and i.raised_at < $3
    and ($4::timestamptz is null or (i.raised_at, i.id) > ($4::timestamptz, $5::uuid))
  order by i.raised_at, i.id limit ${BATCH}`

const optionsOf = (field: FieldName): Record<string, { zh: string }> => (FIELDS[field] as Field).options ?? {}

/** What was raised in the month, and how it stands now; by the index on when they were raised. */
export const ledgerRows: ReportRows = async function* (deps, order) {
  const { db, cipher } = deps
  const { community, personal, masked } = order
  const span = spanOf(order).map((at) => at.toISOString())
  let last: Row | undefined
  do {
    const rows: Row[] = await prepared<Row>(db, 'report_ledger', ROWS, [
      community,
      ...span,
      last?.raisedAt ?? null,
      last?.id ?? null,
    ])
    const ids = rows.map(({ id }) => id)
    const raisers = personal && ids.length > 0 ? await findRaisers(db, community, ids) : null
    for (const row of rows)
      yield [
        row.number,
        titleIn({ kind: 'all', masked }, row),
        wordOf(optionsOf('kind'), row.kind),
        wordOf(optionsOf('visibility'), row.visibility),
        wordOf(optionsOf('channel'), row.channel),
        row.category,
        row.grid,
        wordOf(optionsOf('urgency'), row.urgency),
        wordOf(ROUTES, row.route),
        wordOf(STATES, row.state),
        row.unit,
        row.round,
        localTime(row.raisedAt),
        localTime(row.acceptedAt),
        localTime(row.handleDueAt),
        localTime(row.closedAt),
        ...(raisers ? raiserCells(cipher, community, raisers.get(row.id)) : []),
      ]
    last = rows.length === BATCH ? rows.at(-1) : undefined
  } while (last)
}
