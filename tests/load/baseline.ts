// The least that could answer: Fastify and pg, prepared statements, a pool of 10, JSON.stringify, nobody signed in.
// It is what the product is measured against, and is not to be weakened.
import fastify from 'fastify'
import pg from 'pg'
import { LIST_COLUMNS } from '../../apps/api/src/features/issues/list-issues.ts'
import { COMMUNITY } from './fill.ts'

pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const app = fastify({ logger: false })

const LIST = `select ${LIST_COLUMNS} from issues i where i.community_code = $1 order by i.raised_at desc, i.id desc limit $2`
app.get('/list', async (_request, reply) => {
  const { rows } = await pool.query({ name: 'list', text: LIST, values: [COMMUNITY, 31] })
  return reply
    .type('application/json')
    .send(JSON.stringify({ items: rows.slice(0, 30), nextCursor: rows[30]?.id ?? null, count: null }))
})

const ISSUE = 'select * from issues where community_code = $1 and id = $2'
const EVENTS = `select e.seq, e.action, e.from_state, e.to_state, e.occurred_at, e.recorded_at, e.record, e.personal, e.hash, p.name_cipher
  from events e left join people p on p.id = (e.personal ->> 'actorId')::uuid
  where e.community_code = $1 and e.subject_type = 'issue' and e.subject_id = $2 order by e.seq`
app.get<{ Params: { id: string } }>('/detail/:id', async ({ params }, reply) => {
  const values = [COMMUNITY, params.id]
  const [issue, events] = await Promise.all([
    pool.query({ name: 'issue', text: ISSUE, values }),
    pool.query({ name: 'events', text: EVENTS, values }),
  ])
  return reply
    .type('application/json')
    .send(JSON.stringify({ ...issue.rows[0], search: undefined, timeline: events.rows }))
})

const LOCK = 'select state, last_seq, head_hash from issues where community_code = $1 and id = $2 for no key update'
const MOVE = `update issues set state = 'accepted', state_since = $3, last_seq = last_seq + 1, head_hash = $4
  where community_code = $1 and id = $2`
const APPEND = `insert into events (community_code, subject_type, subject_id, seq, action, from_state, to_state, occurred_at,
    recorded_at, record, record_salt, record_hash, previous, hash, hash_name)
  values ($1, 'issue', $2, $3, 'accept', 'raised', 'accepted', $4, $4, $5, 'salt', 'hash', $6, $7, 'sha256')`
app.post<{ Params: { id: string } }>('/move/:id', async ({ params, body }, reply) => {
  const client = await pool.connect()
  try {
    const key = [COMMUNITY, params.id]
    const now = new Date().toISOString()
    await client.query('begin')
    const { rows } = await client.query({ name: 'lock', text: LOCK, values: key })
    const { last_seq: seq, head_hash: head } = rows[0] as { last_seq: number; head_hash: string }
    await client.query({ name: 'move', text: MOVE, values: [...key, now, head] })
    await client.query({
      name: 'append',
      text: APPEND,
      values: [...key, seq + 1, now, JSON.stringify(body), head, head],
    })
    await client.query('commit')
    return reply.type('application/json').send(JSON.stringify({ id: params.id, state: 'accepted', seq: seq + 1 }))
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
})

// One row for each month and figures as they are kept, with nothing made of them.
const CELLS = `select starts_on, figures from stat_cells where community_code = $1 and span = 'month' and starts_on >= '2025-12-01'
  and grid = '*' and unit = '*' and category = '*'`
app.get('/statistics', async (_request, reply) => {
  const { rows } = await pool.query({ name: 'cells', text: CELLS, values: [COMMUNITY] })
  return reply.type('application/json').send(JSON.stringify(rows))
})

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
console.log('listening')
