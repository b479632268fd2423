import { setTimeout } from 'node:timers/promises'
import type { Deps } from '../deps.ts'

export interface Round {
  /** For the log, when it fails. */
  name: string
  /** Between the end of one round and the beginning of the next. */
  pauseMs: number
  round: (deps: Deps) => Promise<unknown>
}

/** Goes round until stopped; a round that fails is logged and comes again. */
export const keepDoing = (deps: Deps, { name, pauseMs, round }: Round): { stop(): Promise<void> } => {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async () => {
    while (!signal.aborted) {
      await round(deps).catch((error: unknown) => deps.logger.error({ err: error }, name))
      await setTimeout(pauseMs, undefined, { signal }).catch(() => {})
    }
  }
  const running = run()
  return {
    stop: () => {
      stopping.abort()
      return running
    },
  }
}
