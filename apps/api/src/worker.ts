import { runProcess } from './run-process.ts'

const { seconds } = await runProcess(() => ({ http: false, worker: true }))
console.log(`✓ 同心后台任务已启动（${seconds} 秒）`)
