import { makePublicId, policyRoutes } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { COMMUNITY, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import { seedDemo } from '../../demo/index.ts'
import { countMatters } from '../statistics/index.ts'
import { verifyRecord } from './index.ts'

describe('what hangs on a chain', () => {
  let t: TestApp

  beforeAll(async () => {
    t = await startTestApp({ config: { demoPassword: 'tongxin-demo-test' } })
    await seedDemo(t.deps)
    const { rows } = await t.deps.pool.query(
      `select i.id, m.person_id, m.household_id from issues i
         join household_members m on m.community_code = i.community_code
         join accounts a on a.person_id = m.person_id
       where i.state = 'accepted' and i.public_title is not null and not exists (select from raisers r
         where r.community_code = i.community_code and r.issue_id = i.id and r.person_id = m.person_id)
       order by i.id, m.person_id limit 1`,
    )
    const { id, person_id: personId, household_id: householdId } = rows[0]
    await must(await t.as({ id: personId }), makePublicId(COMMUNITY, id), 'endorse', {
      householdId: householdId.toUpperCase(),
    })
    const set = await (await t.as('secretary')).call(policyRoutes.setPolicy, {
      params: { regionCode: COMMUNITY, key: 'notice_days' },
      ifMatch: 0,
      body: { value: 7, reason: '居民议事会建议' },
    })
    expect(set.status).toBe(200)
    await countMatters(t.deps)
    return () => t.close()
  }, 120_000)

  /** As somebody with the database in hand would, past the triggers that refuse it. */
  const tamper = async (sql: string) => {
    const client = await t.deps.pool.connect()
    try {
      await client.query('begin; set local session_replication_role = replica')
      const { rows } = await client.query(sql)
      await client.query('commit')
      return rows
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  const mismatch = async () => (await verifyRecord(t.deps)).mismatch

  it('is what the events make of it when nobody touched it, however ids were written', async () => {
    expect(await mismatch()).toBeNull()
  })

  it.each([
    ['work_orders', 'state', `case state when 'open' then 'waived' else 'returned' end`, 'work_orders.state'],
    ['work_orders', 'due_at', `due_at + interval '9 days'`, 'work_orders.dueAt'],
    ['work_orders', 'unit_id', `(select id from units where id <> unit_id limit 1)`, 'work_orders.unitId'],
    ['work_orders', 'signed_at', `signed_at - interval '2 days'`, 'work_orders.signedAt'],
    ['work_orders', 'handler_id', `(select id from people where id <> handler_id limit 1)`, 'work_orders.handlerId'],
    ['work_orders', 'result', `result || '，已完成'`, 'work_orders.result'],
    ['ratings', 'level', 'level % 5 + 1', 'ratings.level'],
    ['ratings', 'solved', `case solved when 'yes' then 'no' else 'yes' end`, 'ratings.solved'],
    ['ratings', 'set_aside', 'not set_aside', 'ratings.setAside'],
    ['endorsements', 'household_id', 'gen_random_uuid()', 'endorsements.householdId'],
    ['motions', 'heads_for', 'heads_for - 1', 'motions.headsFor'],
    ['motions', 'state', `case state when 'passed' then 'failed' else state end`, 'motions.state'],
    ['motions', 'text', `text || '，追加预算'`, 'motions.text'],
    ['meetings', 'place', `'别处'`, 'meetings.place'],
    ['meetings', 'representatives', 'representatives - 1', 'meetings.representatives'],
    ['attendance', 'class', `'staff'`, 'attendance.class'],
    ['motion_proposals', 'due_days', 'due_days + 9', 'motion_proposals.dueDays'],
    ['minutes_amendments', 'text', `text || '，加急'`, 'minutes_amendments.text'],
    ['minutes_confirmations', 'version', 'version + 1', 'minutes_confirmations.version'],
    ['attendance', 'left_at', `checked_in_at + interval '1 minute'`, 'attendance.leftAt'],
    ['grants', 'role', `case role when 'officer' then 'secretary' else 'officer' end`, 'grants.role'],
    ['grants', 'valid_to', `now() + interval '1 day'`, 'grants.validTo'],
    ['policies', 'value', 'policies.value + 1', 'policies.value'],
    ['vote_flats', 'head_no', 'head_no + 1000', 'vote_flats.headNo'],
    ['head_votes', 'choice', `case choice when 'for' then 'against' else 'for' end`, 'head_votes.choice'],
    ['paper_entries', 'signed_by_all', 'not signed_by_all', 'paper_entries.signedByAll'],
    ['head_proxies', 'given_at', `given_at + interval '1 minute'`, 'head_proxies.givenAt'],
    ['ruled_flats', 'head_no', 'head_no + 1', 'ruled_flats.headNo'],
    ['head_rulings', 'reason', `reason || '。'`, 'head_rulings.reason'],
    ['flat_titles', 'share_denominator', 'share_denominator + 1', 'owner_rolls.digest'],
    ['stat_entries', 'value', 'stat_entries.value + 1', 'stat_entries.value'],
    ['stat_entries', 'category', `'200508'`, 'stat_entries.category'],
    ['stat_cells', 'figures', `jsonb_set(figures, '{raised}', '[99, 99]')`, 'stat_cells.raised'],
    ['stat_cells', 'others', `jsonb_set(others, '{closed}', '[0, 0, {"1": 1}]')`, 'stat_cells.closed'],
    ['whistles', 'report', `report || '。'`, 'whistles.report'],
    ['supervisions', 'due_at', `due_at + interval '9 days'`, 'supervisions.dueAt'],
    ['raisers', 'detached_at', `coalesce(null, joined_at)`, 'raisers.count'],
  ])('%s.%s edited by hand is named', async (table, column, edited, reason) => {
    const one = `(select ctid from ${table} where (${edited}) is distinct from ${column} order by 1 limit 1)`
    const [before] = await tamper(
      `with old as (select ctid as at, ${column}::text as value from ${table} where ctid = ${one})
       update ${table} set ${column} = ${edited} from old where ${table}.ctid = old.at
       returning old.value, ${table}.ctid::text as now`,
    )
    expect(before).toBeDefined()
    expect(await mismatch()).toMatchObject({ reason })
    const { rows } = await t.deps.pool.query(
      `select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attname = $2`,
      [table, column],
    )
    const value = before.value === null ? 'null' : `'${before.value}'`
    await tamper(`update ${table} set ${column} = ${value}::${rows[0].type} where ctid = '${before.now}'`)
    expect(await mismatch()).toBeNull()
  })

  it('a power nobody asked for is named', async () => {
    const [row] = await tamper(
      `insert into grants (id, person_id, role, region_code, requested_by, requested_at, reason, approved_by, approved_at)
       select gen_random_uuid(), person_id, 'administrator', region_code, requested_by, requested_at, reason, approved_by, approved_at
       from grants where role = 'officer' limit 1 returning id`,
    )
    expect(await mismatch()).toMatchObject({ subject: expect.stringContaining(row.id), reason: 'events_missing' })
    await tamper(`delete from grants where id = '${row.id}'`)
    expect(await mismatch()).toBeNull()
  })

  it.each([
    ['work_orders', 'work_orders.count'],
    ['ratings', 'ratings.count'],
    ['endorsements', 'endorsements.count'],
    ['whistles', 'whistles.count'],
    ['supervisions', 'supervisions.count'],
    ['stat_entries', 'stat_entries.count'],
    ['stat_cells', 'stat_cells.key'],
    ['attendance', 'attendance.count'],
    ['motion_proposals', 'motion_proposals.count'],
    ['minutes_amendments', 'minutes_amendments.count'],
    ['minutes_confirmations', 'minutes_confirmations.count'],
    ['head_votes', 'head_votes.count'],
    ['paper_entries', 'paper_entries.count'],
    ['vote_flats', 'vote_flats.count'],
    ['flat_titles', 'owner_rolls.digest'],
    ['motions', 'row_missing'],
    ['grants', 'row_missing'],
    ['policies', 'row_missing'],
  ])('a row of %s removed is named', async (table, reason) => {
    const [row] = await tamper(
      `delete from ${table} where ctid = (select ctid from ${table} order by 1 limit 1) returning to_json(${table}) as json`,
    )
    expect(await mismatch()).toMatchObject({ reason })
    // What the database itself makes of the others cannot be given back.
    const [{ columns }] = await tamper(`select string_agg(quote_ident(column_name), ',') as columns
      from information_schema.columns where table_name = '${table}' and is_generated = 'NEVER'`)
    await tamper(
      `insert into ${table} (${columns}) select ${columns} from json_populate_record(null::${table}, '${JSON.stringify(row.json).replaceAll("'", "''")}')`,
    )
    expect(await mismatch()).toBeNull()
  })
})
