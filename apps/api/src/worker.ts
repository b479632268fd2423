import { constants, setPriority } from 'node:os'
import { runProcess } from './run-process.ts'

// Whoever waits for a page comes before what nobody waits for, on a machine that both share.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const { seconds } = await runProcess(() => ({ http: false, worker: true }))
console.log(`✓ 同心后台任务已启动（${seconds} 秒）`)
