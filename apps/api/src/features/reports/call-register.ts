import { CALL_BACK_RESULTS, OWED_REASONS } from '@tongxin/contract'
import { FIELDS, LEVELS } from '@tongxin/lifecycle'
import { prepared } from '../../db/prepared.ts'
import { openGivenName, titleIn } from '../issues/index.ts'
import { openName, openPhone } from '../people/index.ts'
import { BATCH, localTime, type ReportRows, spanOf, wordOf, yesNo } from './report.ts'

interface Row {
  ratingId: string
  attempt: number
  at: string
  number: string
  title: string | null
  publicTitle: string | null
  round: number
  level: number
  reason: string | null
  reached: boolean
  contacted: boolean | null
  solved: string | null
  heard: number | null
  outcome: string | null
  anonymous: boolean
  personId: string | null
  nameCipher: string | null
  phoneCipher: string | null
  givenNameCipher: string | null
  callerId: string
  callerNameCipher: string | null
}

const ROWS = `select a.rating_id as "ratingId", a.attempt, a.at, i.number, i.title, i.public_title as "publicTitle", t.round, t.level,
    case when a.follow_up then 'registered' else t.call_reason end as reason, a.reached, a.contacted, a.solved, a.level as heard, a.outcome,
    i.anonymous, p.id as "personId", p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher",
    s.name_cipher as "givenNameCipher", c.id as "callerId", c.name_cipher as "callerNameCipher"
  from call_back_attempts a join ratings t on t.community_code = a.community_code and t.id = a.rating_id
    join issues i on i.community_code = a.community_code and i.id = a.issue_id
    left join raisers s on s.community_code = t.community_code and s.id = t.raiser_id and s.erased_at is null
    left join people p on p.id = coalesce(t.person_id, s.person_id) and p.anonymised_at is null
    join people c on c.id = a.by
  where a.community_code = $1 and a.at >= $2 and a.at < $3
    and ($4::timestamptz is null or (a.at, a.rating_id, a.attempt) > ($4::timestamptz, $5::uuid, $6::int))
  order by a.at, a.rating_id, a.attempt limit ${BATCH}`

const labelOf = (labels: Readonly<Record<string, string>>, code: string | null): string | null =>
  code === null ? null : (labels[code] ?? code)

/** Every attempt to call somebody back in the month. */
export const callRegisterRows: ReportRows = async function* (deps, order) {
  const { db, cipher } = deps
  const { community, personal, masked } = order
  const span = spanOf(order).map((at) => at.toISOString())
  const peopleIn = (row: Row) => {
    const caller = openName(cipher, { id: row.callerId, nameCipher: row.callerNameCipher, phoneCipher: null })
    // Whoever asked not to be named is not named in a file that leaves the house.
    if (row.anonymous) return [null, null, caller]
    if (row.personId === null)
      return [row.givenNameCipher && openGivenName(cipher, community, row.givenNameCipher), null, caller]
    const person = { id: row.personId, nameCipher: row.nameCipher, phoneCipher: row.phoneCipher }
    return [openName(cipher, person), openPhone(cipher, person), caller]
  }
  let last: Row | undefined
  do {
    const rows: Row[] = await prepared<Row>(db, 'report_calls', ROWS, [
      community,
      ...span,
      last?.at ?? null,
      last?.ratingId ?? null,
      last?.attempt ?? null,
    ])
    for (const row of rows)
      yield [
        row.number,
        titleIn({ kind: 'all', masked }, row),
        row.round,
        wordOf(LEVELS, String(row.level)),
        labelOf(OWED_REASONS, row.reason),
        row.attempt,
        localTime(row.at),
        yesNo(row.reached),
        yesNo(row.contacted),
        wordOf(FIELDS.solved.options ?? {}, row.solved),
        row.heard === null ? null : wordOf(LEVELS, String(row.heard)),
        labelOf(CALL_BACK_RESULTS, row.outcome),
        ...(personal ? peopleIn(row) : []),
      ]
    last = rows.length === BATCH ? rows.at(-1) : undefined
  } while (last)
}
