import { statisticsRoutes } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { COMMUNITY, DAY, DISTRICT, STREET, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { seedDemo } from '../../demo/index.ts'
import { reportSections } from './report-words.ts'

// A year of the demo's records: what it shows is counted here a second time, in SQL, from the events.
describe('statistics of the demo community', () => {
  let t: TestApp
  const start = '2026-11-20T02:00:00.000Z'
  const year = { from: '2025-12', to: '2026-11' }
  beforeAll(async () => {
    t = await startTestApp({ config: { demoPassword: 'tongxin-demo-test' }, start })
    await seedDemo(t.deps)
    return () => t.close()
  }, 60_000)
  const rowOf = async (text: string) => (await t.deps.pool.query(text)).rows[0]
  const read = async (query: object, who: 'officer' | 'supervisor' | 'secretary' = 'officer') =>
    (await t.as(who === 'supervisor' ? await t.aPerson({ role: 'supervisor', region: DISTRICT }) : who)).call(
      statisticsRoutes.readStatistics,
      { query: { region: COMMUNITY, ...year, ...query } as never },
    )

  it('are what the events say, by hand', async () => {
    const { status, body, text } = await read({ exact: 'true' })
    expect(status, text).toBe(200)
    const { raised, closed } = await rowOf(`select count(*)::int as raised,
      count(*) filter (where state = 'closed')::int as closed from issues`)
    const { first, percentile } =
      await rowOf(`with answers as (select extract(epoch from min(e.occurred_at) - i.raised_at) * 1000 as ms
        from issues i join events e on e.community_code = i.community_code and e.subject_id = i.id
        where e.to_state = 'publicized' group by i.id, i.raised_at)
      select count(*)::int as first, (array_agg(ms order by ms))[1 + floor(0.9 * count(*))::int]::bigint::int as percentile from answers`)
    expect(body.total).toMatchObject({
      counts: { raised },
      closed: { count: closed },
      answered: { count: first, p90: percentile },
    })
    const outcomes = Object.fromEntries(body.total.outcomes.map(({ outcome, amount }) => [outcome, amount]))
    expect(outcomes).toMatchObject({ street_lamps: 34, parking_spaces: 24, hazards_removed: 44, disputes_mediated: 23 })
    const { rates } = body.total
    expect(rates.valid).toBe(rates.levels.reduce((sum, n) => sum + n, 0))
    const content = rates.levels[4]! + rates.levels[3]! + 0.9 * rates.levels[2]!
    expect(rates.composite).toBeCloseTo((0.1 * rates.contacted + 0.5 * rates.solved + 0.4 * content) / rates.valid, 10)
    expect(body.total.clocks.find(({ clock }) => clock === 'respond')).toMatchObject({ stopped: expect.any(Number) })
  })

  it.each(['month', 'region', 'unit', 'category'])('by %s add up to the whole, each with its name', async (by) => {
    const [{ body: whole }, { body }] = [await read({}), await read({ by })]
    const sum = (of: 'raised' | 'closed' | 'valid') => body.groups.reduce((n, { figures }) => n + figures[of], 0)
    const { counts, closed, rates, answered } = whole.total
    expect([sum('raised'), sum('closed'), sum('valid')]).toEqual([counts.raised, closed.count, rates.valid])
    expect(body.groups.reduce((n, { figures }) => n + figures.answered.count, 0)).toBe(answered.count)
    expect(body.total).toEqual(whole.total)
    if (by === 'month') expect(body.groups.map(({ key }) => key)).toHaveLength(12)
    else expect(body.groups.filter(({ key, name }) => name === null && key !== 'none')).toEqual([])
  })

  it('drill from the district down, and open the list behind each figure', async () => {
    const down = await read({ region: DISTRICT, by: 'region' }, 'supervisor')
    expect(down.body.groups.map(({ key }) => key)).toEqual([STREET])
    const { groups } = (await read({ region: STREET, by: 'region' }, 'supervisor')).body
    const demo = groups.find(({ key }) => key === COMMUNITY)!
    const officer = await t.as('officer')
    for (const [measure, count] of [
      ['raised', demo.figures.raised],
      ['closed', demo.figures.closed],
      ['outcome_street_lamps', 5],
      ['rated', demo.figures.valid],
      ['returned', demo.figures.returned],
    ] as const) {
      const ids: string[] = []
      let cursor: string | null | undefined
      do {
        const query = { community: COMMUNITY, measure, ...year, limit: 20, ...(cursor && { cursor }) }
        const { status, body, text } = await officer.call(statisticsRoutes.listMeasuredMatters, { query })
        expect(status, text).toBe(200)
        ids.push(...body.items.map(({ id, nth }) => `${id} ${nth}`))
        cursor = body.nextCursor
      } while (cursor)
      expect(new Set(ids).size, measure).toBe(count)
    }
  })

  it('tell a month in which nothing happened as nothing, and refuse what cannot be told', async () => {
    const { body } = await read({ from: '2024-02', to: '2024-02', by: 'month' })
    expect(body.total.rates).toMatchObject({ valid: 0, composite: null })
    expect(body.total.answered).toMatchObject({ count: 0, median: null, p90: null })
    expect(body.groups).toMatchObject([{ key: '2024-02', figures: { raised: 0 } }])
    expect((await read({ from: '2026-05', to: '2026-04' })).problem.code).toBe('invalid_input')
    expect((await read({ from: '2016-01' })).problem.code).toBe('invalid_input')
    expect((await read({ by: 'day' })).problem.code).toBe('invalid_input')
    const days = await read({ from: '2026-10', to: '2026-10', by: 'day' })
    expect(days.body.groups.every(({ key }) => key.startsWith('2026-10-'))).toBe(true)
  })

  it('are for the staff of the region; the report and public lists are for everybody', async () => {
    expect((await read({ region: STREET })).status).toBe(403)
    expect((await read({ region: '340803002003' })).status).toBe(403)
    const list = (measure: string) =>
      t.nobody.call(statisticsRoutes.listMeasuredMatters, {
        query: { community: COMMUNITY, measure: measure as never, ...year, limit: 100 },
      })
    expect((await list('rated')).status).toBe(403)
    const disputes = (await list('outcome_disputes_mediated')).body
    expect(disputes.items).toEqual([])
    const lamps = (await list('outcome_street_lamps')).body.items
    expect(lamps.reduce((sum, { value }) => sum + value, 0)).toBe(34)

    const params = { code: COMMUNITY }
    const { status, body } = await t.nobody.call(statisticsRoutes.readYearReport, { params, query: {} })
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: '滨江苑社区', ...year })
    const of = (outcome: string) => body.figures.outcomes.find((each) => each.outcome === outcome)?.amount
    expect(
      ['matters_solved', 'parking_spaces', 'street_lamps', 'hazards_removed', 'disputes_mediated'].map(of),
    ).toEqual([32, 24, 34, 44, 23])
    expect(body.categories.filter(({ code, raised }) => code !== 'other' && raised < 5)).toEqual([])
    expect(body.votes).toBeGreaterThan(0)
    const pdf = await fetch(`${t.base}/v1/communities/${COMMUNITY}/report.pdf`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const nowhere = { code: '340803002099' }
    expect((await t.nobody.call(statisticsRoutes.readYearReport, { params: nowhere, query: {} })).status).toBe(404)
  })

  it('tell the public nothing of fewer than five, and no period of its own choosing', async () => {
    const report = (year?: number) =>
      t.nobody.call(statisticsRoutes.readYearReport, { params: { code: COMMUNITY }, query: { year } })
    const refused = await report(2026)
    expect([refused.status, refused.problem.code]).toEqual([400, 'invalid_input'])
    // Eleven months on, four judged matters of the demo's last month are all that is left in the twelve months.
    t.clock.advance(345 * DAY)
    const all = (await report(2026)).body
    expect(all).toMatchObject({ year: 2026, from: '2026-01', to: '2026-12', figures: { rates: { valid: 37 } } })
    expect(all.figures.rates.levels!.reduce((sum, n) => sum + n, 0)).toBe(37)
    const few = (await report()).body
    expect(few).toMatchObject({ year: null, from: '2026-11', to: '2027-10' })
    const rate = { response: null, resolution: null, satisfaction: null, composite: null }
    expect(few.figures.rates).toMatchObject({ valid: null, contacted: null, solved: null, levels: null, ...rate })
    for (const { figures } of [all, few]) {
      const told = [
        ...Object.values(figures.counts),
        ...figures.clocks.map(({ stopped }) => stopped),
        ...[figures.answered, ...figures.stages.map(({ timing }) => timing)].map(({ count }) => count),
      ]
      expect(told.filter((count) => count !== null && count > 0 && count < 5)).toEqual([])
    }
    const blank = few.figures.clocks.filter(({ stopped }) => stopped === null)
    expect(blank.length).toBeGreaterThan(0)
    expect(blank.every(({ onTime }) => onTime === null)).toBe(true)
    for (const { timing } of few.figures.stages) if (timing.count === null) expect(timing.median).toBeNull()
    // What staff read is whole.
    const { body } = await read({ from: few.from, to: few.to })
    expect(body.total.rates.levels.reduce((sum, n) => sum + n, 0)).toBe(4)
    const words = JSON.stringify(reportSections(few, () => ''))
    expect(words).toContain('有效评价不足 5，不公布')
  })
})
