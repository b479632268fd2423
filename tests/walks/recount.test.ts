import { makePublicId } from '@tongxin/contract'
import { apply, type Issue, isMove, STATE_CODES, type State } from '@tongxin/lifecycle'
import { expect, it } from 'vitest'
import { newId } from '../../apps/api/src/db/new-id.ts'
import { type ChainedEvent, chainEvent, type Head, insertEvents } from '../../apps/api/src/evidence/append-event.ts'
import { insertIssue } from '../../apps/api/src/features/issues/issue-row.ts'
import { countMatters, verifyCells } from '../../apps/api/src/features/statistics/index.ts'
import { fail } from '../../apps/api/src/features/verification/mismatch.ts'
import { inTransaction } from '../../apps/api/src/index.ts'
import { COMMUNITY, GRID, NEIGHBOUR, OTHER_GRID, testApp } from '../../apps/api/test/support/index.ts'
import { type Chance, chanceFrom } from './chance.ts'

/** `RECOUNT=100000` takes so many actions. */
const STEPS = Number(process.env.RECOUNT ?? 1_500)
const AT_ONCE = 400
const HOUR = 3_600_000

interface Matter {
  community: string
  id: string
  issue: Issue
  head: Head
  ratings: string[]
}
interface Written {
  event: ChainedEvent
  /** Of a matter that is new: its row comes with its first event. */
  first: Matter | null
}

const UNITS = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`)
const pick: { readonly [action: string]: State } = {
  accept: 'accepted',
  decline: 'declined',
  withdraw: 'withdrawn',
  resubmit: 'raised',
  schedule: 'scheduled',
  adopt: 'adopted',
  dispatch: 'dispatched',
  sign: 'handling',
  return: 'accepted',
  suspend: 'suspended',
  resume: 'handling',
  submit: 'verifying',
  reject: 'handling',
  publicize: 'publicized',
  answer: 'publicized',
  rectify: 'dispatched',
  close: 'closed',
  reopen: 'accepted',
}
const FACTS = [
  'reclassify',
  'endorse',
  'evaluate',
  'evaluate',
  'call_back',
  'decide_contest',
  'decide_extension',
  'contact',
  'object',
]

/** Any action after any other, as no rule would let them come: what is counted must hold for whatever stands on record. */
const next = (chance: Chance, { community, issue, ratings }: Matter, now: Date) => {
  const facts = chance.below(3) === 0
  const action = facts ? chance.oneOf(FACTS) : chance.oneOf(Object.keys(pick))
  const to = facts ? issue.state : chance.below(12) === 0 ? chance.oneOf(STATE_CODES) : pick[action]!
  const at = now.toISOString()
  const later = new Date(now.getTime() + (chance.below(60) - 10) * HOUR).toISOString()
  const record: Record<string, unknown> = { as: chance.oneOf(['raiser', 'identified', 'officer']) }
  const clock = { about: null, from: at, rule: 'handle_ordinary_working_days', span: null, fired: 0, heldFor: 0 }
  const running = chance.oneOf(['respond', 'dispatch', 'sign', 'handle', 'verify', 'call_back'])
  const changes: Record<string, unknown> = {
    clocks: [{ ...clock, clock: running, steps: [at, later], heldSince: chance.oneOf([null, at]) }],
  }
  if (action === 'accept' || action === 'reclassify')
    Object.assign(changes, {
      ...(action === 'accept' && { acceptedAt: at, contactedAt: at }),
      categoryCode: chance.oneOf(['209021', '209022', '209023', null]),
      gridCode: chance.oneOf([GRID, OTHER_GRID, null]),
      urgency: chance.oneOf(['ordinary', 'urgent']),
      route: chance.oneOf(['direct', 'council']),
    })
  if (action === 'dispatch' || action === 'rectify') changes.leadUnitId = chance.oneOf(UNITS)
  if (action === 'return' || action === 'reopen') changes.leadUnitId = null
  if (action === 'rectify' || action === 'reopen') changes.round = issue.round + 1
  if (action === 'close') changes.closedAt = at
  if (action === 'reopen') changes.closedAt = null
  if ((action === 'submit' || action === 'answer') && chance.below(2))
    record.outcomes = [{ key: chance.oneOf(['street_lamps', 'parking_spaces']), amount: chance.below(9) }]
  if (action === 'evaluate') {
    const id = newId(now)
    ratings.push(id)
    Object.assign(record, {
      ratingId: makePublicId(community, id),
      level: 1 + chance.below(5),
      contacted: chance.below(2) === 1,
    })
    record.solved = chance.oneOf(['yes', 'partly', 'no'])
  }
  if (action === 'call_back' || action === 'decide_contest') {
    record.ratingId = makePublicId(community, chance.oneOf(ratings) ?? newId(now))
    Object.assign(record, { reached: chance.below(3) > 0, level: 1 + chance.below(5), upheld: chance.below(2) === 1 })
    if (chance.below(2)) record.solved = 'yes'
  }
  if (action === 'decide_extension') record.approved = chance.below(2) === 1
  return { action, to, record: { ...record, changes } }
}

it(
  `${STEPS} random actions counted as they come: a recount comes to the same`,
  async () => {
    const t = await testApp()
    const chance = chanceFrom(20_261_125)
    const matters: Matter[] = []
    let now = new Date('2025-03-01T00:00:00.000Z')

    const begin = (): Matter => {
      const community = chance.oneOf([COMMUNITY, COMMUNITY, NEIGHBOUR])
      const record = {
        as: 'raiser',
        changes: { kind: chance.oneOf(['problem', 'request', 'suggestion']), raiserCount: 1 },
      }
      const issue = apply(null, { action: 'raise', to: 'raised', move: true, occurredAt: now, record, personal: null })
      return { community, id: newId(now), issue, head: { seq: 0, hash: '' }, ratings: [] }
    }
    const act = (): Written => {
      // An hour back now and then, as a clock that is set right goes.
      now = new Date(now.getTime() + (chance.below(40) === 0 ? -HOUR : chance.below(10) * HOUR))
      const isNew = matters.length === 0 || chance.below(25) === 0
      const matter = isNew ? begin() : chance.oneOf(matters)
      if (isNew) matters.push(matter)
      const what = isNew
        ? { action: 'raise', to: 'raised' as State, record: { changes: { kind: matter.issue.kind, raiserCount: 1 } } }
        : next(chance, matter, now)
      const subject = { communityCode: matter.community, subjectType: 'issue', subjectId: matter.id } as const
      const times = { occurredAt: now, recordedAt: now }
      const from = isNew ? null : matter.issue.state
      const event = chainEvent(
        { ...subject, ...what, ...times, from, personal: null },
        isNew ? null : matter.head,
        'sha256',
      )
      if (!isNew)
        matter.issue = apply(matter.issue, {
          ...what,
          move: isMove(what.action as never),
          occurredAt: now,
          personal: null,
        })
      matter.head = { seq: event.seq, hash: event.hash }
      return { event, first: isNew ? { ...matter } : null }
    }
    const write = (some: readonly Written[]) =>
      inTransaction(t.deps.pool, async (tx) => {
        for (const { first } of some)
          if (first)
            await insertIssue(tx, {
              key: { communityCode: first.community, id: first.id },
              number: first.id,
              issue: first.issue,
              head: first.head,
            })
        await insertEvents(
          tx,
          some.map(({ event }) => event),
        )
      })

    for (let done = 0; done < STEPS; done += AT_ONCE) {
      const acts = Array.from({ length: Math.min(AT_ONCE, STEPS - done) }, act)
      // Of one matter in order, of different ones as it comes; and they are counted meanwhile, by two at once.
      const odd = acts.filter(({ event }) => Number.parseInt(event.subjectId.slice(-1), 16) % 2 === 1)
      const even = acts.filter((each) => !odd.includes(each))
      await Promise.all([write(odd), countMatters(t.deps), write(even), countMatters(t.deps)])
    }
    await countMatters(t.deps)

    const rows = async (text: string) => (await t.deps.pool.query(text)).rows
    const verified = () => inTransaction(t.deps.pool, (tx) => verifyCells(tx, fail))
    await verified()
    const [sums] = await rows(`select sum((figures -> 'raised' ->> 0)::int)::int as raised,
        sum((figures -> 'closed' ->> 0)::int)::int as closed, sum((others -> 'evaluated' ->> 0)::int)::int as evaluated
      from stat_cells where span = 'month' and grid = '*' and unit = '*' and category = '*'`)
    expect(sums).toEqual({
      raised: matters.length,
      closed: matters.filter(({ issue }) => issue.state === 'closed').length,
      evaluated: matters.reduce((sum, { ratings }) => sum + ratings.length, 0),
    })

    await t.deps.pool.query(`create table kept_cells as select * from stat_cells; create table kept_entries as select * from stat_entries;
      delete from stat_entries; delete from stat_cells;
      insert into uncounted_events select community_code, subject_id, seq from events where subject_type = 'issue'`)
    await countMatters(t.deps)
    for (const [made, kept] of [
      ['stat_cells', 'kept_cells'],
      ['stat_entries', 'kept_entries'],
    ])
      expect(
        await rows(
          `(select * from ${made} except select * from ${kept}) union all (select * from ${kept} except select * from ${made})`,
        ),
      ).toEqual([])
    const [{ entries, cells }] = await rows(
      `select (select count(*) from stat_entries)::int as entries, (select count(*) from stat_cells)::int as cells`,
    )
    expect(entries).toBeGreaterThan(STEPS / 2)
    if (process.env.RECOUNT) console.log({ matters: matters.length, actions: STEPS, entries, cells })
  },
  60_000 + STEPS * 20,
)
