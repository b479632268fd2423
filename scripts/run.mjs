// npm run build | verify | import | found | bench | openapi | lint | format: the commands beside start and test.
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { buildWebApps, install, main, ROOT, releaseSignals, run, underPinnedNode } from './bootstrap.mjs'

/** @type {Record<string, string>} */
const PROGRAMS = {
  verify: 'apps/api/src/commands/verify.ts',
  import: 'apps/api/src/commands/import.ts',
  found: 'apps/api/src/commands/found.ts',
  bench: 'tests/load/bench.ts',
  openapi: 'packages/client/scripts/write-contract.ts',
}
/** @type {Record<string, string[]>} */
const CHECKERS = {
  lint: ['check'],
  format: ['check', '--write'],
}

await main(async () => {
  await underPinnedNode(import.meta.url)
  await install()
  const [name = '', ...args] = process.argv.slice(2)
  if (name === 'build') return buildWebApps()
  const checker = CHECKERS[name]
  if (checker) {
    const { code } = await run(path.join(ROOT, 'node_modules/.bin/biome'), [...checker, ...args])
    process.exit(code)
  }
  const program = PROGRAMS[name]
  if (!program) {
    throw new Error(
      `没有名为“${name}”的命令，可用：${['build', ...Object.keys(PROGRAMS), ...Object.keys(CHECKERS)].join('、')}。`,
    )
  }
  releaseSignals()
  const file = path.join(ROOT, program)
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
})
