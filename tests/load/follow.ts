/**
 * 500 result pages of one meeting on one API process, while people come and go: how far behind the pages are (from the answer
 * of a write until its state is on the page), and what others' readings take meanwhile against before.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startServiceProcess } from '../faults/service-process.ts'
import { read } from './drive.ts'

const PAGES = 500
const CHANGES = 60
const EVERY_MS = 300
const PASSWORD = 'a password of this measurement'
const COMMUNITY = '340803002001'

const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-follow-'))
const service = await startServiceProcess(folder, { DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' })

interface Meeting {
  id: string
  version: number
}
let token = ''
const call = async <T>(method: string, at: string, body?: object, headers: Record<string, string> = {}): Promise<T> => {
  const response = await fetch(`${service.base}${at}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${JSON.stringify(answer)}`)
  return answer as T
}

token = (await call<{ accessToken: string }>('POST', '/v1/sessions', { username: 'secretary', password: PASSWORD }))
  .accessToken
const { items } = await call<{ items: Meeting[] }>('GET', `/v1/meetings?community=${COMMUNITY}&state=announced`)
const next = items[0] as Meeting
// Brought forward: none opens long before its time.
const moved = await call<Meeting>(
  'PATCH',
  `/v1/meetings/${next.id}`,
  { heldAt: new Date().toISOString(), shortNoticeReason: '压力测试' },
  { 'if-match': `"${next.version}"` },
)
await call('POST', `/v1/meetings/${next.id}/open`, undefined, { 'if-match': `"${moved.version}"` })
const { items: members } = await call<{ items: { personId: string }[] }>(
  'GET',
  `/v1/council-members?community=${COMMUNITY}`,
)

/** When each page first showed so many people present, in milliseconds. */
const seen: Map<number, number>[] = []
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })
const open = (page: number) =>
  new Promise<void>((resolve, reject) => {
    const shown = new Map<number, number>()
    seen[page] = shown
    request(`${service.base}/v1/meetings/${next.id}/events`, { agent }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`a page was answered ${response.statusCode}`))
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
          text = text.slice(end + 2)
          if (data === undefined) continue
          shown.set((JSON.parse(data) as Meeting).version, performance.now())
          resolve()
        }
      })
    })
      .on('error', reject)
      .end()
  })
for (let page = 0; page < PAGES; page += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => open(page + i)))

const others = () => read(service.base, [`/v1/meetings?community=${COMMUNITY}`], { seconds: 10, connections: 2 })
const before = await others()

/** Each change hands the chair over, which raises the version that the pages show. */
const changed = new Map<number, number>()
const meanwhile = others()
let version = next.version + 1
for (const { personId } of members.slice(0, 2)) await call('POST', `/v1/meetings/${next.id}/check-in`, { personId })
for (let i = 0; i < CHANGES; i++) {
  const body = { personId: members[i % 2]?.personId }
  const headers = { 'if-match': `"${version}"` }
  version = (await call<Meeting>('POST', `/v1/meetings/${next.id}/presider`, body, headers)).version
  changed.set(version, performance.now())
  await wait(EVERY_MS)
}
const during = await meanwhile
await wait(1_500)

/** A page that skipped a state shows a later one. */
const delays = seen
  .flatMap((shown) =>
    [...changed].map(([at, since]) => {
      const first = Math.min(...[...shown].filter(([found]) => found >= at).map(([, when]) => when))
      return first - since
    }),
  )
  .sort((a, b) => a - b)
const part = (share: number) => delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN
const worst = part(1)
console.log(`${PAGES} 页，${changed.size} 次变化，${delays.length} 次到达`)
console.log(
  `${worst <= 1_000 ? '✓' : '✗'} 落后：中位 ${part(0.5).toFixed(0)} ms，p99 ${part(0.99).toFixed(0)} ms，最多 ${worst.toFixed(0)} ms（目标 ≤ 1000）`,
)
console.log(
  `  其间他人读会议列表 p99 ${during.p99.toFixed(1)} ms，此前 ${before.p99.toFixed(1)} ms，为 ${(during.p99 / before.p99).toFixed(2)} 倍`,
)
service.process.kill('SIGTERM')
await service.ended
rmSync(folder, { recursive: true, force: true })
process.exit(worst <= 1_000 ? 0 : 1)
