import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'

/** `KILLS=10 LOAD_SECONDS=6` is the whole run, a minute of writing; the short form stands in every test run. */
const KILLS = Number(process.env.KILLS ?? 2)
const LOAD_MS = Number(process.env.LOAD_SECONDS ?? 1.5) * 1000
const WRITERS = 8
const VERIFY = path.resolve(import.meta.dirname, '../../apps/api/src/commands/verify.ts')
const PASSWORD = 'a demo password of this test'

interface Acknowledged {
  id: string
  hash: string
}

// biome-ignore lint/suspicious/noExplicitAny: what a service just killed answers is looked at field by field
const jsonOf = async (response: Response) => ({ status: response.status, body: (await response.json()) as any })

async function signIn(service: ServiceProcess): Promise<string> {
  const response = await fetch(`${service.base}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'resident', password: PASSWORD }),
  })
  return (await jsonOf(response)).body.accessToken
}

/** Raises matters until the service is gone; whatever was answered 201 is acknowledged. */
async function write(service: ServiceProcess, token: string, acknowledged: Acknowledged[]): Promise<void> {
  for (;;) {
    try {
      const { status, body } = await jsonOf(
        await fetch(`${service.base}/v1/issues`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${token}`,
            'idempotency-key': randomUUID(),
          },
          body: JSON.stringify({ community: '340803002001', kind: 'problem', title: '路灯不亮', body: '楼前路灯坏了' }),
        }),
      )
      if (status !== 201) throw new Error(`raise answered ${status}: ${JSON.stringify(body)}`)
      acknowledged.push(body)
    } catch (error) {
      // The line breaks off when the process is killed; anything it answered itself is a fault.
      if (error instanceof TypeError || error instanceof SyntaxError) return
      throw error
    }
  }
}

it(
  `keeps every acknowledged write through ${KILLS} times kill -9 of the service and its database`,
  async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tongxin-kill-'))
    const start = () => startServiceProcess(dataDir, { DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' })
    const acknowledged: Acknowledged[] = []
    let service = await start()
    try {
      for (let kill = 1; kill <= KILLS; kill++) {
        const token = await signIn(service)
        const before = acknowledged.length
        const writers = Array.from({ length: WRITERS }, () => write(service, token, acknowledged))
        // The load itself, not a wait for something to happen.
        await setTimeout(LOAD_MS)
        const postgres = service.postgres()
        service.process.kill('SIGKILL')
        process.kill(postgres, 'SIGKILL')
        await Promise.all(writers)
        await service.ended
        expect(acknowledged.length).toBeGreaterThan(before)
        service = await start()
      }
      const token = await signIn(service)
      const lost: string[] = []
      for (const { id, hash } of acknowledged) {
        const { status, body } = await jsonOf(
          await fetch(`${service.base}/v1/issues/${id}`, { headers: { authorization: `Bearer ${token}` } }),
        )
        if (status !== 200 || body.timeline[0].hash !== hash) lost.push(id)
      }
      expect(lost).toEqual([])
      // Rejects, and so fails, when a record does not fit.
      const verified = await promisify(execFile)(process.execPath, [VERIFY], {
        env: { ...process.env, DATA_DIR: dataDir },
      })
      expect(verified.stdout).toContain('全部相符')
      console.log(`${acknowledged.length} acknowledged writes, ${KILLS} kills, none lost`)
    } finally {
      service.process.kill('SIGTERM')
      await service.ended
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
  120_000 + KILLS * (LOAD_MS + 20_000),
)
