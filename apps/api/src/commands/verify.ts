import { type Verified, verifyRecord } from '../features/verification/index.ts'
import { onInstallation, runCommand } from './command.ts'

// Changes nothing.
await runCommand(() =>
  onInstallation(async (deps) => {
    console.log('▸ 核验：存证链、每日封存、照片，并由事件重算每件事项及其工单、评价、表决和统计')
    const started = performance.now()
    return report(await verifyRecord(deps, showProgress()), (performance.now() - started) / 1000)
  }),
)

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
