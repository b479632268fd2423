// npm test: everything, in one go, on a fresh machine too.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { buildWebApps, install, main, ROOT, run, seconds, underPinnedNode } from './bootstrap.mjs'
import { findBrowser } from './browser.mjs'

const bin = (/** @type {string} */ name) => path.join(ROOT, 'node_modules/.bin', name)

const SEE_ABOVE = '原因见上文中它的输出'

/** @typedef {{ ok: boolean, passed?: number, failed?: number, faults?: string[] }} Outcome */

/** @param {string} command @param {string[]} args @returns {Promise<Outcome>} */
const check = async (command, args) => ({ ok: (await run(command, args)).code === 0 })

/** @param {unknown} error @returns {Outcome} */
function failure(error) {
  console.error(error instanceof Error ? error.message : error)
  return { ok: false }
}

/**
 * What failed in a test file, a line or some each: a long run's own account of it lies far above its end.
 * @param {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string,
 * failureMessages: string[] }[] }} file
 */
function faultsOf({ name, status, message, assertionResults }) {
  if (status !== 'failed') return []
  const where = path.relative(ROOT, name)
  const faults = assertionResults
    .filter((result) => result.status === 'failed')
    .map(({ fullName, failureMessages }) => `${where} › ${fullName}\n${failureMessages.map(ownLines).join('\n')}`)
  // The file itself fell, as by an import, or what goes before and after its tests.
  if (message || faults.length === 0) faults.unshift(`${where}\n${message || SEE_ABOVE}`)
  return faults
}

/** Of a stack, the lines of this project. @param {string} text */
const ownLines = (text) => text.replaceAll(/\n {4}at .*(node_modules|<anonymous>).*/g, '')

/** @param {string[]} projects @returns {Promise<Outcome>} */
async function vitest(projects) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-report-'))
  const report = path.join(folder, 'report.json')
  try {
    const { code } = await run(process.execPath, [
      path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ])
    if (!existsSync(report)) return { ok: false }
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    return { ok: code === 0, passed: numPassedTests, failed: numFailedTests, faults: testResults.flatMap(faultsOf) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @returns {Promise<Outcome>} */
async function browserTests() {
  const browser = await findBrowser()
  if ('missing' in browser) {
    console.log(`  浏览器测试未运行：${browser.missing}`)
    return { ok: true }
  }
  process.env.CHROMIUM_PATH = browser.path
  return vitest(['browser'])
}

/** @type {[string, () => Promise<Outcome>][]} */
const SECTIONS = [
  ['构建网页', () => buildWebApps().then(() => ({ ok: true }))],
  ['类型检查', () => check('npx', ['-y', 'pnpm@12.21.0', '-r', '--workspace-concurrency=2', '--no-bail', 'types'])],
  ['代码规范与格式', () => check(bin('biome'), ['check', '--max-diagnostics=50'])],
  ['依赖方向', () => check(bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'tests'])],
  ['无用代码与依赖', () => check(bin('knip'), [])],
  ['单元与接口测试', () => vitest(['packages', 'web', 'api', 'whole'])],
  ['浏览器测试', browserTests],
]

await main(async () => {
  await underPinnedNode(import.meta.url)
  await install()
  /** @type {string[]} */
  const lines = []
  /** @type {string[]} */
  const faults = []
  let passed = 0
  let failed = 0
  for (const [name, section] of SECTIONS) {
    const start = performance.now()
    console.log(`\n▸ ${name}……`)
    const outcome = await section().catch(failure)
    passed += outcome.passed ?? 0
    if (!outcome.ok) faults.push(...(outcome.faults?.length ? outcome.faults : [`${name}：${SEE_ABOVE}`]))
    // A section without counts of its own (types, rules …) that fails is one failure: the last line must not say 0.
    failed += outcome.failed || (outcome.ok ? 0 : 1)
    lines.push(`${outcome.ok ? '✓' : '✗'} ${name}（${seconds(start)} 秒）`)
    console.log(lines.at(-1))
  }
  for (const fault of faults) console.log(`\n✗ ${fault}`)
  console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
})
