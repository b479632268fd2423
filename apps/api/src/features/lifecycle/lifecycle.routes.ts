import { lifecycleRoutes } from '@tongxin/contract'
import { graphFaults } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { serve } from '../../http/serve.ts'
import { presentLifecycle } from './lifecycle.present.ts'

/** @throws where the tables are unsound as a whole: a loop that somebody could be caught in is not begun. */
export function serveLifecycle(app: FastifyInstance, deps: Deps, faults: () => string[] = graphFaults): void {
  const found = faults()
  if (found.length > 0) throw new Error(`The tables of the lifecycle are unsound: ${found.join('; ')}`)
  const view = presentLifecycle()
  serve(app, deps, lifecycleRoutes.readLifecycle, () => view)
}
