import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** An instance that somebody started by `npm start`, to be walked through instead of one the tests make. */
export interface StandingInstance {
  base: string
  password: string
  /** What it has printed so far. */
  output(): string
  /** Puts its clock forward: libfaketime, under which it was started, reads how far from the file. */
  pass(days: number): void
}

/**
 * Named by `STAGE_URL`, its `DEMO_PASSWORD`, `STAGE_OUTPUT` (the file its output goes to) and `STAGE_CLOCK`
 * (`FAKETIME_TIMESTAMP_FILE`); null where the tests are to start their own. CONTRIBUTING.md shows how.
 */
export function standingInstance(): StandingInstance | null {
  const { STAGE_URL: base, DEMO_PASSWORD: password, STAGE_OUTPUT: printed, STAGE_CLOCK: clock } = process.env
  if (!base) return null
  if (!password || !printed || !clock) throw new Error('STAGE_URL needs DEMO_PASSWORD, STAGE_OUTPUT and STAGE_CLOCK')
  return {
    base,
    password,
    output: () => readFileSync(printed, 'utf8'),
    pass: (days) => {
      const ahead = /^\+(\d+)d$/.exec(readFileSync(clock, 'utf8').trim())?.[1]
      if (ahead === undefined) throw new Error('STAGE_CLOCK must hold whole days ahead, as in +0d')
      // Never half written: an instance that reads it in between would see time go back.
      writeFileSync(`${clock}.next`, `+${Number(ahead) + days}d\n`)
      renameSync(`${clock}.next`, clock)
    },
  }
}
