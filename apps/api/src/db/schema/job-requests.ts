import { bigint, json, pgTable, text } from 'drizzle-orm/pg-core'
import type { JobRequest } from '../../jobs/enqueue.ts'

/** What transactions asked of the worker, in the order in which they asked; handed over to it many at a time, then gone. */
export const jobRequests = pgTable('job_requests', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  jobs: json('jobs').$type<JobRequest[]>().notNull(),
  /** Why the worker would not have it; null while it waits. */
  refused: text('refused'),
})
