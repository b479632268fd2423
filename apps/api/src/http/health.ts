import type { FastifyInstance } from 'fastify'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import type { Deps } from '../deps.ts'

const DATABASE_MS = 2_000

// A running worker, in this process or another, holds a shared lock on the database for as long as it lives.
const WORKER = `select exists (select from pg_locks where locktype = 'advisory' and objid = ${ADVISORY_LOCKS.worker}
  and database = (select oid from pg_database where datname = current_database())) as runs`

/** `/healthz`: the process answers. `/readyz`: the database answers and a worker runs. */
export function serveHealth(app: FastifyInstance, deps: Deps): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const worker = await workerRuns(deps)
    const database = worker !== undefined
    const ready = database && worker
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store')
    return { status: ready ? 'ready' : 'not_ready', database: word(database), worker: word(worker === true) }
  })
}

const word = (well: boolean) => (well ? 'ok' : 'down')

/** Undefined when the database does not answer in time. */
async function workerRuns(deps: Deps): Promise<boolean | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DATABASE_MS)
  })
  const answered = deps.pool.query<{ runs: boolean }>(WORKER).then(
    ({ rows }) => rows[0]?.runs === true,
    () => undefined,
  )
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}
