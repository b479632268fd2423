import path from 'node:path'
import { openLocalPostgres } from '@tongxin/local-postgres'
import { printingSms } from '../channels/sms.ts'
import { ConfigError, loadConfig } from '../config.ts'
import { closeDeps, createDeps } from '../create-deps.ts'
import { systemClock } from '../deps.ts'
import { type Verified, verifyRecord } from '../features/verification/index.ts'
import { createLogger } from '../logger.ts'
import { createFolderStorage } from '../storage/folder-storage.ts'

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(`✗ ${error.message}`)
  process.exitCode = 2
}

/** Beside a running server or without one; changes nothing. */
async function main(): Promise<number> {
  const config = loadConfig()
  const server = config.databaseUrl
    ? null
    : await openLocalPostgres({
        dataDir: path.join(config.dataDir, 'postgres'),
        log: (line) => console.log(`▸ ${line}`),
      })
  try {
    const deps = createDeps(config, {
      databaseUrl: config.databaseUrl ?? server!.url,
      clock: systemClock,
      storage: createFolderStorage(path.join(config.dataDir, 'files')),
      sms: printingSms(),
      logger: createLogger(config.logLevel),
    })
    try {
      console.log('▸ 核验：存证链、每日封存、照片，并由事件重算每件事项及其工单、评价、表决和统计')
      const started = performance.now()
      return report(await verifyRecord(deps, showProgress()), (performance.now() - started) / 1000)
    } finally {
      await closeDeps(deps)
    }
  } finally {
    await server?.stop()
  }
}

/** One line that moves on a terminal, a line each second elsewhere. */
function showProgress(): (done: number, total: number) => void {
  let shown = performance.now()
  return (done, total) => {
    if (performance.now() - shown < (process.stdout.isTTY ? 100 : 1_000) && done < total) return
    shown = performance.now()
    const line = `  ${done} / ${total} 条事件`
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}${done >= total ? '\n' : ''}` : `${line}\n`)
  }
}

function report({ chains, events, seals, leaves, photos, mismatch }: Verified, seconds: number): number {
  const seen = `${chains} 条链、${events} 条事件、${seals} 次封存（${leaves} 个叶节点）、${photos} 张照片，${seconds.toFixed(1)} 秒`
  if (!mismatch) {
    console.log(`✓ 全部相符：${seen}`)
    return 0
  }
  const { subject, seq, reason, expected, found } = mismatch
  console.error(`✗ 第一处不符：${subject}${seq === null ? '' : ` 第 ${seq} 条`}：${reason}`)
  if (expected !== null || found !== null) console.error(`  应为 ${expected ?? '无'}\n  实为 ${found ?? '无'}`)
  console.error(`  已核验 ${seen}。请保留现状，与最近的备份比对（见 docs/operations.md）。`)
  return 1
}
