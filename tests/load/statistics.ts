// Dashboards over a million matters: `node tests/load/statistics.ts` (Node ≥ 24), smaller with `--sizes 10000`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startLocalPostgres } from '@tongxin/local-postgres'
import pg from 'pg'
import { freePort, startServiceProcess } from '../faults/service-process.ts'
import { type Measured, median, read } from './drive.ts'
import { COMMUNITY, fill } from './fill.ts'
import { fillStatistics, PERIOD, UNITS } from './fill-statistics.ts'

const PASSWORD = 'a password for the benchmark'
/** Milliseconds at the 95th percentile, with as many readers at once as there are. */
const LONGEST = 100

const { values: asked } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    readers: { type: 'string', default: '2' },
  },
})
const sizes = asked.sizes.split(',').map(Number)
const [seconds, rounds, readers] = [asked.seconds, asked.rounds, asked.readers].map(Number) as [number, number, number]

const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-bench-'))
const postgres = await startLocalPostgres({ dataDir: path.join(folder, 'postgres') })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
const service = await startServiceProcess(path.join(folder, 'service'), {
  DATABASE_URL: postgres.url,
  DEMO_PASSWORD: PASSWORD,
  LOG_LEVEL: 'error',
})
const port = await freePort()
const baseline = spawn(process.execPath, [path.join(import.meta.dirname, 'baseline.ts')], {
  env: { PATH: process.env.PATH, DATABASE_URL: postgres.url, PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await once(baseline.stdout, 'data')
const bare = `http://127.0.0.1:${port}`

const signIn = async (): Promise<string> => {
  const response = await fetch(`${service.base}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'officer', password: PASSWORD }),
  })
  return ((await response.json()) as { accessToken: string }).accessToken
}

const year = `from=${PERIOD.from}&to=${PERIOD.to}`
const month = `from=${PERIOD.to}&to=${PERIOD.to}`
const of = `/v1/statistics?region=${COMMUNITY}`
const LOOKS: Record<string, string> = {
  十二个月按月: `${of}&${year}&by=month`,
  十二个月按网格: `${of}&${year}&by=region`,
  十二个月按单位: `${of}&${year}&by=unit`,
  十二个月按类别: `${of}&${year}&by=category`,
  一个单位按类别: `${of}&${year}&by=category&unit=${UNITS[3]}`,
  一个网格一个类别按单位: `/v1/statistics?region=${COMMUNITY}001&${year}&by=unit&category=209005`,
  一个月按日: `${of}&${month}&by=day`,
  年度成绩单: `/v1/communities/${COMMUNITY}/report`,
  数字背后的事项: `/v1/statistics/matters?community=${COMMUNITY}&measure=closed&${year}&limit=30`,
}

const lines: string[] = []
let missed = 0
const middle = (all: readonly Measured[]): Measured => ({
  perSecond: median(all.map((each) => each.perSecond)),
  p95: median(all.map((each) => each.p95)),
  p99: median(all.map((each) => each.p99)),
})
const told = ({ perSecond, p95, p99 }: Measured) =>
  `${perSecond.toFixed(0)}/s, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`

/** Both sides in turn, several times over: what else the machine does meanwhile falls on both. */
const measure = async (name: string, address: string): Promise<void> => {
  const [we, they]: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    they.push(await read(bare, ['/statistics'], { seconds, connections: readers }))
    we.push(await read(service.base, [address], { seconds, token: await signIn(), connections: readers }))
  }
  const [us, them] = [middle(we), middle(they)]
  const good = us.p95 <= LONGEST
  if (!good) missed += 1
  const ratio = (us.perSecond / them.perSecond).toFixed(2)
  lines.push(`${good ? '✓' : '✗'} ${name}：${told(us)}；为基准的 ${ratio} 倍（基准 ${told(them)}）`)
  console.log(lines.at(-1))
}

try {
  let filled = 0
  for (const size of sizes) {
    const begun = performance.now()
    await fill(client, filled + 1, size)
    filled = size
    const cells = await fillStatistics(client, size)
    console.log(
      `▸ ${size.toLocaleString('en')} 件事项、${cells.toLocaleString('en')} 个汇总格已备好，${((performance.now() - begun) / 1000).toFixed(0)} 秒；${readers} 人同时看，p95 不超过 ${LONGEST} ms`,
    )
    for (const [name, address] of Object.entries(LOOKS))
      await measure(`${size.toLocaleString('en')} 件 ${name}`, address)
  }
} finally {
  await client.end()
  baseline.kill('SIGTERM')
  service.process.kill('SIGTERM')
  await Promise.all([service.ended, baseline.exitCode ?? once(baseline, 'close')])
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\n${lines.join('\n')}`)
process.exitCode = missed === 0 ? 0 : 1
