import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { startLocalPostgres } from '@tongxin/local-postgres'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { LIST_COLUMNS } from '../../apps/api/src/features/issues/list-issues.ts'
import { freePort, startServiceProcess } from '../faults/service-process.ts'
import { download } from './download.ts'
import { type Measured, median, read, write } from './drive.ts'
import { COMMUNITY, fill, publicIdAt, raisedAt, uuidAt } from './fill.ts'

const PASSWORD = 'a password for the benchmark'
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit']
const TARGETS = {
  list: 0.7,
  detail: 0.6,
  move: 0.4,
  grown: 1.3,
  viewsGrown: 1.5,
  export: 2,
  memory: 250,
  p99: 2,
  import: 2_000,
  start: 5,
}

const { values: asked } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    moves: { type: 'string', default: '800' },
    imports: { type: 'string', default: '10000' },
  },
})
const sizes = asked.sizes.split(',').map(Number)
const [seconds, rounds, moves, imports] = [asked.seconds, asked.rounds, asked.moves, asked.imports].map(Number) as [
  number,
  number,
  number,
  number,
]

const lines: string[] = []
let missed = 0
/** One line of the result: what was measured, and whether it is what was asked for. */
const report = (what: string, figure: number, good: boolean, detail: string) => {
  if (!good) missed += 1
  lines.push(`${good ? '✓' : '✗'} ${what}：${figure.toFixed(2)}（${detail}）`)
  console.log(lines.at(-1))
}
const rate = ({ perSecond, p95, p99 }: Measured) =>
  `${perSecond.toFixed(0)}/s, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`

const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-bench-'))
const postgres = await startLocalPostgres({ dataDir: path.join(folder, 'postgres') })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
for (const setting of DURABLE) {
  const { rows } = await client.query(`select current_setting($1) as value`, [setting])
  if (rows[0].value !== 'on')
    throw new Error(`${setting} is ${rows[0].value}: figures without durability count for nothing`)
}
const environment = {
  DATABASE_URL: postgres.url,
  DEMO_PASSWORD: PASSWORD,
  LOG_LEVEL: 'error',
  // It starts as it does where it is at work.
  NODE_DISABLE_COMPILE_CACHE: '1',
}
const startService = () => startServiceProcess(path.join(folder, 'service'), environment)
let service = await startService()
const baselinePort = await freePort()
const baseline = spawn(process.execPath, [path.join(import.meta.dirname, 'baseline.ts')], {
  env: { PATH: process.env.PATH, DATABASE_URL: postgres.url, PORT: String(baselinePort) },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await once(baseline.stdout, 'data')
const bare = `http://127.0.0.1:${baselinePort}`

const signIn = async (): Promise<string> => {
  const response = await fetch(`${service.base}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'officer', password: PASSWORD }),
  })
  return ((await response.json()) as { accessToken: string }).accessToken
}

/** Both sides in turn, several times over: what else the machine does meanwhile falls on both. */
async function ratio(
  what: string,
  target: number,
  ours: (token: string) => Promise<Measured>,
  theirs: () => Promise<Measured>,
) {
  const [we, they]: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    they.push(await theirs())
    we.push(await ours(await signIn()))
  }
  const middle = (all: Measured[]): Measured => ({
    perSecond: median(all.map((each) => each.perSecond)),
    p95: median(all.map((each) => each.p95)),
    p99: median(all.map((each) => each.p99)),
  })
  const [us, them] = [middle(we), middle(they)]
  const figure = us.perSecond / them.perSecond
  report(what, figure, figure >= target, `目标 ≥ ${target}；本产品 ${rate(us)}；基准 ${rate(them)}`)
  return us
}

const LIST = `/v1/issues?community=${COMMUNITY}&limit=30`
/** What the console asks for beside the plain list. No bare route answers the same: what counts is how much longer it takes among more matters. */
const VIEWS: Readonly<Record<string, string>> = {
  待受理: `${LIST}&state=raised`,
  搜索: `${LIST}&text=${encodeURIComponent('楼道灯')}`,
  带总数: `${LIST}&count=true`,
  各楼栋件数: `/v1/issues/by-region?community=${COMMUNITY}`,
  工作台: `/v1/workbench?community=${COMMUNITY}&limit=30`,
}
let taken = 0
const nextRaised = () => raisedAt(++taken)

async function measure(size: number): Promise<number> {
  const name = `${size.toLocaleString('en')} 件`
  const some = Array.from({ length: 200 }, (_, i) => 1 + Math.floor(((i * 0.618034) % 1) * (size - 1)))
  const list = await ratio(
    `${name} 列表`,
    TARGETS.list,
    (token) => read(service.base, [LIST], { seconds, token }),
    () => read(bare, ['/list'], { seconds }),
  )
  const details = (base: string) =>
    some.map((n) => (base === bare ? `/detail/${uuidAt(n)}` : `/v1/issues/${publicIdAt(n)}`))
  await ratio(
    `${name} 详情`,
    TARGETS.detail,
    (token) => read(service.base, details(service.base), { seconds, token }),
    () => read(bare, details(bare), { seconds }),
  )
  const body = {
    categoryCode: '209022',
    urgency: 'ordinary',
    route: 'direct',
    publicTitle: '楼道灯不亮',
    publicText: '三栋楼道灯不亮。',
  }
  // What the bare route records can be read by the product as well.
  const recorded = { ...body, as: 'officer', channel: 'console' }
  await ratio(
    `${name} 动作`,
    TARGETS.move,
    (token) =>
      write(
        service.base,
        Array.from({ length: moves }, () => ({
          path: `/v1/issues/${publicIdAt(nextRaised())}/actions/accept`,
          headers: { 'if-match': '"6"', 'idempotency-key': crypto.randomUUID() },
          body,
        })),
        token,
      ),
    () =>
      write(
        bare,
        Array.from({ length: moves }, () => ({ path: `/move/${uuidAt(nextRaised())}`, body: recorded })),
      ),
  )
  return list.perSecond
}

/** By name of the view, what is answered in a second. */
async function measureViews(size: number): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const [view, path] of Object.entries(VIEWS)) {
    const token = await signIn()
    const measured = await read(service.base, [path], { seconds, token })
    found.set(view, measured.perSecond)
    console.log(`  ${size.toLocaleString('en')} 件 ${view}：${rate(measured)}`)
  }
  return found
}

const residentMegabytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.process.pid}/status`, 'utf8'))?.[1]) / 1024

async function measureExport(size: number): Promise<void> {
  // A process of its own: what the load before it has left in the heap is not the export's.
  service.process.kill('SIGTERM')
  await service.ended
  const begun = performance.now()
  service = await startService()
  const start = (performance.now() - begun) / 1000
  report('再次启动 秒', start, start <= TARGETS.start, `目标 ≤ ${TARGETS.start}`)
  const query = `select ${LIST_COLUMNS}, u.name from issues i left join units u on u.id = i.lead_unit_id
    where i.community_code = '${COMMUNITY}' order by i.raised_at desc, i.id desc`
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })
  const copyOnce = async () => {
    const begun = performance.now()
    await pipeline(client.query(copyTo(`copy (${query}) to stdout (format csv)`)), nowhere())
    return performance.now() - begun
  }
  const token = await signIn()
  const others = () => read(service.base, [LIST], { seconds, token, connections: 2 })
  const before = await others()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, residentMegabytes())
  }, 100)
  const file = `${service.base}/v1/issues.csv?community=${COMMUNITY}`
  // Alone for its time, in turn with the other, then again with others at work.
  const [copies, exports]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    copies.push(await copyOnce())
    const { milliseconds, lines: rows } = await download(file, token)
    if (rows < size) throw new Error(`the export has ${rows} lines for ${size} matters`)
    exports.push(milliseconds)
  }
  const [copy, took] = [median(copies), median(exports)]
  const [during, beside] = await Promise.all([others(), download(file, token)])
  clearInterval(watch)
  report(
    '导出用时 / \\copy',
    took / copy,
    took / copy <= TARGETS.export,
    `目标 ≤ ${TARGETS.export}；${(took / 1000).toFixed(1)} 秒与 ${(copy / 1000).toFixed(1)} 秒`,
  )
  report('导出时内存 MB', most, most < TARGETS.memory, `目标 < ${TARGETS.memory}`)
  report(
    '导出时其他请求 p99',
    during.p99 / Math.max(1, before.p99),
    during.p99 <= TARGETS.p99 * Math.max(1, before.p99),
    `目标 ≤ ${TARGETS.p99}；${before.p99.toFixed(1)} ms → ${during.p99.toFixed(1)} ms；其间导出 ${(beside.milliseconds / 1000).toFixed(1)} 秒`,
  )
}

async function measureImport(): Promise<void> {
  const file = path.join(folder, 'import.csv')
  const rows = Array.from(
    { length: imports },
    (_, i) =>
      `B${i},住户${i % 997},第 ${i} 件 路灯不亮,2025-03-${String(1 + (i % 28)).padStart(2, '0')} 10:00:00,"${i} 栋门前路灯不亮已有三天，晚上行人看不清路面，请尽快派人来修理。"`,
  )
  writeFileSync(file, `编号,姓名,标题,时间,内容\n${rows.join('\n')}\n`)
  const command = path.resolve(import.meta.dirname, '../../apps/api/src/commands/import.ts')
  const map = 'number=编号,raiser=姓名,title=标题,raisedAt=时间,body=内容'
  const child = spawn(process.execPath, [command, file, '--community', COMMUNITY, '--map', map], {
    env: { PATH: process.env.PATH, ...environment, DATA_DIR: path.join(folder, 'service') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await once(child, 'close')
  const told = /✓ (\d+) 行，([\d.]+) 秒：新增 (\d+)/.exec(output)
  if (Number(told?.[3]) !== imports) throw new Error(`the import did not bring ${imports} matters:\n${output}`)
  const perSecond = imports / Number(told?.[2])
  report('导入 行/秒', perSecond, perSecond >= TARGETS.import, `目标 ≥ ${TARGETS.import}；${imports} 行`)
}

try {
  let filled = 0
  const lists: number[] = []
  const views: Map<string, number>[] = []
  for (const size of sizes) {
    const begun = performance.now()
    await fill(client, filled + 1, size)
    filled = size
    console.log(`▸ ${size.toLocaleString('en')} 件事项已备好，${((performance.now() - begun) / 1000).toFixed(0)} 秒`)
    lists.push(await measure(size))
    views.push(await measureViews(size))
  }
  const grown = (lists[0] ?? 0) / (lists.at(-1) ?? 1)
  if (sizes.length > 1) report('大小两种列表用时之比', grown, grown <= TARGETS.grown, `目标 ≤ ${TARGETS.grown}`)
  for (const view of sizes.length > 1 ? Object.keys(VIEWS) : []) {
    const figure = (views[0]?.get(view) ?? 0) / (views.at(-1)?.get(view) ?? 1)
    report(`大小两种${view}用时之比`, figure, figure <= TARGETS.viewsGrown, `目标 ≤ ${TARGETS.viewsGrown}`)
  }
  await measureExport(filled)
  await measureImport()
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
