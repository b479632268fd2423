import { randomInt } from 'node:crypto'
import type { Choice } from '@tongxin/lifecycle'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import {
  aCouncil,
  castPaper,
  closeBallot,
  drawPaper,
  inSession,
  ok,
  type Paper,
  propose,
  readBallot,
} from '../../../test/support/ballots.ts'
import { type Caller, testApp } from '../../../test/support/index.ts'
import { watchLog } from '../../../test/support/write-ahead-log.ts'

/**
 * Somebody who has everything after the vote: every row of every table with the place it lies in and the transaction that wrote it,
 * the write-ahead log, every line of the log; and who even watched the members draw, and so knows the order of issue. They pair voters
 * and ballots by every order there is. Where ballots come later and by chance, they must do no better than chance; where they come at
 * once, the same pairing must succeed, or it would prove nothing.
 *
 * `SECRECY_RUNS=200 npx vitest run --project api secrecy` looks longer.
 */
const RUNS = Number(process.env.SECRECY_RUNS ?? 10)
const VOTERS = 8
/** One right pair a vote is what chance gives, with a variance of one; beyond six deviations nothing of it is chance. */
const BY_CHANCE = RUNS + 6 * Math.sqrt(RUNS)

const shuffled = <T>(items: readonly T[]): T[] => {
  const left = [...items]
  return Array.from({ length: left.length }, () => left.splice(randomInt(left.length), 1)[0] as T)
}

/** Every way to put voters or ballots in a row, by name. */
type Orders = Record<string, string[]>

interface Evidence {
  voters: Orders
  ballots: Orders
  /** Who really cast which. */
  truth: Map<string, string>
  /** Tables and lines in which a token stands. */
  found: string[]
}

/** Right pairs by each pair of orders, forwards and backwards, over all runs. */
const matched = (runs: readonly Evidence[]): Record<string, number> => {
  const right: Record<string, number> = {}
  for (const { voters, ballots, truth } of runs)
    for (const [by, people] of Object.entries(voters))
      for (const [along, tokens] of Object.entries(ballots))
        for (const [way, row] of Object.entries({ forwards: tokens, backwards: tokens.toReversed() })) {
          const pairs = people.filter((personId, n) => truth.get(personId) === row[n]).length
          right[`${by} – ${along} ${way}`] = (right[`${by} – ${along} ${way}`] ?? 0) + pairs
        }
  return right
}

const CHOICES: Choice[] = ['for', 'against', 'abstain']

interface Settings {
  /** In which order the papers come back, and how long after. */
  cast: 'delayed' | 'at once'
}

async function gather({ cast }: Settings): Promise<Evidence[]> {
  const lines: string[] = []
  const logger = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) })
  const t = await testApp({ deps: { logger: logger as never } })
  const all = await aCouncil(t, VOTERS / 2, VOTERS / 2)
  const { pool } = t.deps
  // What a careless maker would have added: a copy as it comes, with the time.
  await pool.query(`create table careless (token text, at timestamptz default clock_timestamp());
    create function note_ballot() returns trigger language plpgsql as
      'begin if not exists (select from careless c where c.token = new.token) then
        insert into careless (token) values (new.token); end if; return new; end';
    create trigger noted after insert on secret_ballots for each row execute function note_ballot()`)
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'careless'`,
  )
  const inOrder = async (text: string, id: string): Promise<string[]> =>
    (await pool.query<{ it: string }>(text, [id])).rows.map(({ it: one }) => one)

  const runs: Evidence[] = []
  for (let run = 0; run < RUNS; run++) {
    const { meetingId, issueIds } = await inSession(all, { present: run === 0 ? all.members : shuffled(all.members) })
    const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string, { method: 'secret' }))
    const publicKey = (await readBallot(t.nobody, id)).publicKey as string
    const written = await watchLog(pool)
    lines.length = 0
    const issued = shuffled(all.members)
    const papers = new Map<Caller, Paper>()
    const bring = async (voter: Caller) =>
      ok(await castPaper(t.nobody, id, papers.get(voter) as Paper, CHOICES[randomInt(3)] as Choice))
    for (const voter of issued) {
      papers.set(voter, await drawPaper(voter, id, publicKey))
      if (cast === 'at once') await bring(voter)
      t.clock.advance(randomInt(500))
    }
    if (cast === 'delayed') for (const voter of shuffled(issued)) await bring(voter)
    ok(await closeBallot(all.officer, id))

    const truth = new Map([...papers].map(([voter, paper]) => [voter.personId as string, paper.token]))
    const tokens = [...truth.values()]
    const log = await written()
    const motion = id.slice(13)
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await pool.query<{ row: string }>(
        `select ctid::text || xmin::text || x::text as row from ${name} x`,
      )
      if (rows.some(({ row }) => tokens.some((token) => row.includes(token)))) found.push(name)
    }
    for (const line of lines) if (tokens.some((token) => line.includes(token))) found.push(line)
    runs.push({
      voters: {
        issue: issued.map(({ personId }) => personId as string),
        'roll by place': await inOrder(
          'select person_id as it from motion_roll where motion_id = $1 order by ctid',
          motion,
        ),
        'roll by transaction': await inOrder(
          'select person_id as it from motion_roll where motion_id = $1 order by xmin::text::bigint, ctid',
          motion,
        ),
      },
      ballots: {
        place: await inOrder('select token as it from secret_ballots where motion_id = $1 order by ctid', motion),
        transaction: await inOrder(
          'select token as it from secret_ballots where motion_id = $1 order by xmin::text::bigint, ctid',
          motion,
        ),
        'written ahead': tokens.toSorted((a, b) => log.indexOf(a) - log.indexOf(b)),
        careless: (await pool.query('select token from careless order by at')).rows
          .map(({ token }) => token as string)
          .filter((token) => tokens.includes(token)),
      },
      truth,
      found,
    })
    for (const token of tokens) expect(log.includes(token)).toBe(true)
  }
  return runs
}

const of = (right: Record<string, number>, ...words: string[]) =>
  Object.entries(right).filter(([name]) => words.every((word) => name.includes(word)))

it('ballots that come later, in an order of their own, are matched to nobody', {
  timeout: 60_000 + 10_000 * RUNS,
}, async () => {
  const runs = await gather({ cast: 'delayed' })
  expect(new Set(runs.flatMap(({ found }) => found))).toEqual(new Set(['public.secret_ballots']))
  const right = matched(runs)
  console.log(`${RUNS} votes of ${VOTERS}; right pairs, of which chance gives ${RUNS}:`, right)
  for (const [name, pairs] of Object.entries(right)) expect([name, pairs <= BY_CHANCE]).toEqual([name, true])
})

it('the same pairing finds nearly everybody who casts at once, wherever the order was kept', {
  timeout: 60_000 + 10_000 * RUNS,
}, async () => {
  const right = matched(await gather({ cast: 'at once' }))
  console.log(`${RUNS} votes of ${VOTERS}, cast at once; right pairs of ${RUNS * VOTERS}:`, right)
  for (const kept of ['careless', 'written ahead'])
    for (const [, pairs] of of(right, 'issue', `${kept} forwards`)) expect(pairs).toBeGreaterThan(0.95 * RUNS * VOTERS)
  // What the product itself keeps tells nothing even of them: the rows were laid down anew.
  for (const kept of ['place', 'transaction'])
    for (const [name, pairs] of of(right, `– ${kept}`)) expect([name, pairs <= BY_CHANCE]).toEqual([name, true])
})
