import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { verifyRecord } from '../../apps/api/src/features/verification/index.ts'
import { testApp } from '../../apps/api/test/support/index.ts'
import { raiseAs } from '../../apps/api/test/support/issues.ts'
import { NODE_FLAGS } from '../../scripts/bootstrap.mjs'

const WORKER = path.resolve(import.meta.dirname, '../../apps/api/src/worker.ts')
/** `KILLS=10 MATTERS=1500` is the long run; the short form stands in every test run. */
const KILLS = Number(process.env.KILLS ?? 3)
const MATTERS = Number(process.env.MATTERS ?? 120)
/** Both clocks of a matter just raised, four steps each. */
const STEPS = 2 * 4

it(
  `tells every step of every clock once through ${KILLS} times kill -9 of one of two workers`,
  async () => {
    // Its clock stands in the past; the workers live today, when all of these are long overdue.
    const t = await testApp()
    const resident = await t.as('resident')
    for (let i = 0; i < MATTERS; i += 10) await Promise.all(Array.from({ length: 10 }, () => raiseAs(resident)))
    const told = async () =>
      (await t.deps.pool.query<{ n: number }>(`select count(*)::int as n from events where action = 'remind'`)).rows[0]
        ?.n ?? 0
    const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-kill-workers-'))
    const start = (): ChildProcess =>
      spawn(process.execPath, [...NODE_FLAGS, WORKER], {
        env: { PATH: process.env.PATH, DATA_DIR: folder, DATABASE_URL: t.databaseUrl, LOG_LEVEL: 'error' },
        stdio: 'ignore',
      })
    const kill = async (worker: ChildProcess) => {
      if (worker.exitCode !== null) throw new Error(`a worker ended by itself: ${worker.exitCode}`)
      const ended = once(worker, 'exit')
      worker.kill('SIGKILL')
      await ended
    }
    const workers = [start(), start()]
    try {
      for (let killed = 0; killed < KILLS; killed++) {
        // In the midst of it: once more of the steps were told than when the last one died.
        const before = await told()
        await vi.waitFor(async () => expect(await told()).toBeGreaterThan(before), { timeout: 60_000, interval: 5 })
        await setTimeout(Math.random() * 20)
        const [victim] = workers.splice(killed % 2, 1)
        await kill(victim as ChildProcess)
        workers.push(start())
        if ((await told()) === MATTERS * STEPS) break
      }
      await vi.waitFor(async () => expect(await told()).toBe(MATTERS * STEPS), { timeout: 120_000, interval: 100 })
    } finally {
      await Promise.all(workers.map(kill))
      rmSync(folder, { recursive: true, force: true })
    }
    const { rows } = await t.deps.pool.query(
      `select subject_id from events where action = 'remind'
       group by subject_id, record ->> 'clock', record ->> 'level' having count(*) <> 1`,
    )
    expect(rows).toEqual([])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  },
  120_000 + (KILLS * 20 + MATTERS / 2) * 1_000,
)
