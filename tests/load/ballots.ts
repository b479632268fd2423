// 2,000 members cast by 200 connections: none lost, none twice. `node tests/load/ballots.ts` (Node ≥ 24)
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Choice } from '@tongxin/lifecycle'
import { startTestPostgres } from '@tongxin/local-postgres'
import { newId } from '../../apps/api/src/db/new-id.ts'
import { people } from '../../apps/api/src/db/schema/index.ts'
import { issueAccessToken, openSession } from '../../apps/api/src/features/sessions/index.ts'
import { verifyRecord } from '../../apps/api/src/features/verification/index.ts'
import {
  aCouncil,
  blindPaper,
  inSession,
  ok,
  type Paper,
  propose,
  readBallot,
} from '../../apps/api/test/support/ballots.ts'
import { DAY, grant, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'

const VOTERS = Number(process.env.VOTERS ?? 2_000)
const CONNECTIONS = 200
const CHOICES: Choice[] = ['for', 'against', 'abstain']
/** Anew for each part: the server lets go of connections that were idle in between. */
let agent = new Agent()

interface Voter {
  personId: string
  token: string
}

const members = async ({ app, deps, clock }: TestApp): Promise<Voter[]> => {
  const at = clock.now()
  const ids = Array.from({ length: VOTERS }, () => newId(at))
  for (let n = 0; n < ids.length; n += 500) {
    const some = ids.slice(n, n + 500)
    await deps.db.insert(people).values(some.map((id) => ({ id, level: 'resident' as const, createdAt: at })))
  }
  for (const personId of ids) await grant(deps, { personId, role: 'representative' })
  const voters: Voter[] = []
  for (const personId of ids) {
    const session = await openSession(deps.db, personId, 'password', at)
    voters.push({ personId, token: issueAccessToken(app, session, at).accessToken })
  }
  return voters
}

/** One write; throws unless it is taken. */
const post = (base: string, path: string, body: object, token?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}`, 'idempotency-key': randomBytes(12).toString('hex') }),
    }
    const sending = request(base + path, { method: 'POST', agent, headers }, async (response) => {
      const answer = await text(response)
      if ((response.statusCode ?? 500) < 300) resolve(answer)
      else reject(new Error(`${response.statusCode} ${answer}`))
    })
    sending.on('error', reject)
    sending.end(JSON.stringify(body))
  })

/** Does all of it, so much at a time. */
const drive = async <T>(items: readonly T[], work: (item: T, n: number) => Promise<unknown>): Promise<number> => {
  agent.destroy()
  agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const begun = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < items.length) {
        const n = next++
        await work(items[n] as T, n)
      }
    }),
  )
  return (performance.now() - begun) / 1_000
}

const expected = { for: 0, against: 0, abstain: 0 }
for (let n = 0; n < VOTERS; n++) expected[CHOICES[n % 3] as Choice]++

const check = (what: string, found: unknown) => {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`)
}

const postgres = await startTestPostgres()
process.env.TEST_POSTGRES_URL = postgres.url
const t = await startTestApp()
try {
  // A meeting of one, and then the many: of a vote online the roll is the council as it is when it opens.
  const council = await aCouncil(t, 1, 0)
  const { meetingId, issueIds } = await inSession(council, { matters: 2 })
  const voters = await members(t)
  const closesAt = new Date(t.clock.now().getTime() + DAY).toISOString()
  const call = async (n: number, method: string): Promise<string> =>
    ok(await propose(council.officer, meetingId, issueIds[n] as string, { method, place: 'online', closesAt })).id
  const [open, secret] = [await call(0, 'open'), await call(1, 'secret')]
  const tell = (what: string, seconds: number) =>
    console.log(`${what}: ${VOTERS} in ${seconds.toFixed(1)} s, ${(VOTERS / seconds).toFixed(0)} a second`)

  tell(
    'votes by name',
    await drive(voters, ({ token }, n) => post(t.base, `/v1/motions/${open}/votes`, { choice: CHOICES[n % 3] }, token)),
  )
  const publicKey = (await readBallot(t.nobody, secret)).publicKey as string
  console.log('making papers ready, as the members’ devices do …')
  const blank: Awaited<ReturnType<typeof blindPaper>>[] = []
  for (let n = 0; n < VOTERS; n++) blank.push(await blindPaper(secret, publicKey))
  const signed: string[] = []
  tell(
    'papers drawn',
    await drive(voters, async ({ token }, n) => {
      const body = { blinded: blank[n]?.blinded }
      signed[n] = JSON.parse(await post(t.base, `/v1/motions/${secret}/papers`, body, token)).blindSignature
    }),
  )
  const papers: Paper[] = []
  for (const [n, paper] of blank.entries()) papers.push(await paper.finish(signed[n] as string))
  tell(
    'papers cast',
    await drive(papers, (paper, n) =>
      post(t.base, `/v1/motions/${secret}/ballots`, { ...paper, choice: CHOICES[n % 3] }),
    ),
  )
  t.clock.advance(DAY)
  const begun = performance.now()
  await t.runDueJobs()
  console.log(`both counted in ${((performance.now() - begun) / 1_000).toFixed(1)} s`)
  for (const id of [open, secret]) check(id, (await readBallot(t.nobody, id)).motion.result?.heads)
  const { mismatch } = await verifyRecord(t.deps)
  if (mismatch) throw new Error(`verification: ${JSON.stringify(mismatch)}`)
  console.log('none lost, none twice; the record verifies')
} finally {
  agent.destroy()
  await t.close()
  await postgres.stop()
}
