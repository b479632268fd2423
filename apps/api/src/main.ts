import { runProcess } from './run-process.ts'

const { address, demoAccounts, config, seconds } = await runProcess((given) => ({ http: true, worker: given.worker }))

const base = config.production ? config.publicUrl : address
const lines = [
  `✓ 同心已启动（${seconds} 秒）。按 Ctrl-C 停止。`,
  '',
  `  居民议事厅  ${base}/`,
  `  工作台      ${base}/admin/`,
  `  接口文档    ${base}/docs`,
]
if (demoAccounts.length > 0) {
  const width = Math.max(...demoAccounts.map((account) => account.username.length))
  lines.push('', `  演示账号（密码均为 ${config.demoPassword}）`)
  lines.push(...demoAccounts.map(({ username, title }) => `    ${username.padEnd(width)}  ${title}`))
}
console.log(`\n${lines.join('\n')}\n`)
