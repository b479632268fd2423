import type { WorkOrder } from '@tongxin/contract'

/** What the clock of an order that runs out first waits for: its signature, or its end. */
export const firstClock = ({ signedAt, firstDueAt, dueAt }: WorkOrder): 'signBy' | 'due' =>
  signedAt === null && firstDueAt < dueAt ? 'signBy' : 'due'
