/**
 * 100,000 deadlines that fall due within one minute, and two workers: how long until each was told, whether each was told exactly once,
 * and what others' readings take meanwhile against before, when 200 come every second (the measure) and when they come as fast as they are
 * answered, which leaves no processor idle even before. Arranged as in docker-compose.yml: the API by itself, jobs in processes of their own.
 * A worker's throttle: five matters in one transaction, every 30 ms at most and never more than half of the time; a second's pause where nothing more is due.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startLocalPostgres } from '@tongxin/local-postgres'
import pg from 'pg'
import { startServiceProcess, startWorkerProcess } from '../faults/service-process.ts'
import { read, readEvery } from './drive.ts'
import { COMMUNITY, fill } from './fill.ts'

const COUNT = Number(process.argv[2] ?? 100_000)
const WITHIN_MS = 60_000
const LIMIT_MS = 5 * 60_000

const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-deadlines-'))
const postgres = await startLocalPostgres({
  dataDir: path.join(folder, 'postgres'),
  log: () => {},
  onFailure: (error) => {
    throw error
  },
})
const environment = { DATABASE_URL: postgres.url, DEMO_PASSWORD: 'a password of this measurement', LOG_LEVEL: 'error' }
// As in docker-compose.yml: the API by itself, and jobs in processes of their own.
const service = await startServiceProcess(path.join(folder, 'service'), { ...environment, WORKER: 'off' })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
await fill(client, 1, COUNT)
const workers = await Promise.all(
  ['one', 'two'].map((name) => startWorkerProcess(path.join(folder, name), environment)),
)

const EVERY_MS = 5
const ADDRESSES = [`/v1/issues?community=${COMMUNITY}&limit=30`, `/v1/meetings?community=${COMMUNITY}`]
/** Both: evenly, and by two who ask again at once. */
const reading = async () => ({
  paced: await readEvery(service.base, ADDRESSES, { seconds: 20, everyMs: EVERY_MS }),
  full: await read(service.base, ADDRESSES, { seconds: 10, connections: 2 }),
})
/** What the measurement itself has written is cleared up before anybody reads. */
const settle = async () => {
  await client.query('vacuum (analyze)')
  await client.query('checkpoint')
}
await settle()
const before = await reading()

/** Their clock's first step falls within the next minute, evenly; the others are far. */
const begun = Date.now() + 90_000
await client.query(
  `with due as (select community_code, id, to_timestamp($1::float8 / 1000) + (row_number() over (order by id)) * $2::float8 / $3 * interval '1 millisecond' as at
     from issues where community_code = $4 and number like '2025-%')
   update issues i set due_at = d.at, wake_at = d.at, state = 'raised', clocks = jsonb_build_array(jsonb_build_object('clock', 'respond', 'about', null,
     'from', i.raised_at, 'rule', 'respond_hours', 'span', jsonb_build_object('calendarHours', 24), 'fired', 0, 'heldSince', null, 'heldFor', 0,
     'steps', jsonb_build_array(to_char(d.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '2099-01-01T00:00:00.000Z', '2099-06-01T00:00:00.000Z', '2099-12-01T00:00:00.000Z')))
   from due d where i.community_code = d.community_code and i.id = d.id`,
  [begun, WITHIN_MS, COUNT, COMMUNITY],
)
await settle()
await wait(begun - Date.now())
const fell = Date.now()
/** Read off the index that the workers read, so that looking costs those who read meanwhile next to nothing. */
const waits = async () =>
  (
    await client.query<{ one: boolean }>(
      'select exists (select from issues where community_code = $1 and wake_at <= $2) as one',
      [COMMUNITY, new Date(begun + WITHIN_MS)],
    )
  ).rows[0]?.one === true
const meanwhile = reading()
while ((await waits()) && Date.now() - fell < 2 * LIMIT_MS) await wait(1_000)
const ended = Date.now()
const during = await meanwhile
const state = (
  await client.query<{ n: number; most: number }>(
    `select count(*)::int as n, coalesce(max(each), 0)::int as most from (select count(*) as each from events
     where community_code = $1 and action = 'remind' and subject_id in (select id from issues where community_code = $1 and number like '2025-%') group by subject_id) t`,
    [COMMUNITY],
  )
).rows[0] as { n: number; most: number }
// From the moment the last of them fell due, or was written if that took longer.
const took = ended - Math.max(begun + WITHIN_MS, fell)
const right = state.n === COUNT && state.most === 1 && took <= LIMIT_MS
const slower = during.paced.p95 / before.paced.p95
console.log(
  `${right ? '✓' : '✗'} ${COUNT.toLocaleString('en')} 个时限在一分钟内到期，两个后台：最后一个到期后 ${(took / 1000).toFixed(0)} 秒全部提醒（目标 ≤ 300），每个 ${state.most} 次，共 ${state.n} 次`,
)
console.log(
  `${slower <= 2 ? '✓' : '✗'} 其间他人每秒 ${1000 / EVERY_MS} 次读取，p95 ${during.paced.p95.toFixed(1)} ms，此前 ${before.paced.p95.toFixed(1)} ms，为 ${slower.toFixed(2)} 倍（目标 ≤ 2）`,
)
console.log(
  `▸ 两人不停读取，p95 ${during.full.p95.toFixed(1)} ms，此前 ${before.full.p95.toFixed(1)} ms，为 ${(during.full.p95 / before.full.p95).toFixed(2)} 倍；每秒 ${during.full.perSecond.toFixed(0)} 次，此前 ${before.full.perSecond.toFixed(0)} 次`,
)
await client.end()
for (const one of [...workers, service]) {
  one.process.kill('SIGTERM')
  await one.ended
}
await postgres.stop()
rmSync(folder, { recursive: true, force: true })
process.exit(right && slower <= 2 ? 0 : 1)
