// What every root command needs first: the pinned Node, the packages, the built web apps.
// This file is read by whatever Node the machine has (18 or later), so it is plain JavaScript of that age.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const NODE = '24.21.0'
const PNPM = '12.21.0'
const STAMPS = path.join(ROOT, 'node_modules/.tongxin')
const WEB_APPS = [
  { folder: 'apps/hall', name: '居民议事厅' },
  { folder: 'apps/admin', name: '工作台' },
]

/**
 * Runs `work`, saying before it what is being done and after it how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const start = performance.now()
  console.log(`▸ ${what}……`)
  const result = await work()
  console.log(`  ${what}：完成，${seconds(start)} 秒`)
  return result
}

/** @param {number} start a reading of performance.now() */
export const seconds = (start) => ((performance.now() - start) / 1000).toFixed(1)

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set()

/** @param {NodeJS.Signals} signal */
function endChildren(signal) {
  for (const child of children) {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), signal)
    } catch {
      // It ended in this very moment.
    }
  }
}

/**
 * Runs a program to its end. It gets a process group of its own, so that stopping us stops all it has started.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean }} [options] `capture`: hand the output back
 * instead of showing it
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd = ROOT, env = {}, capture = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture
      ? /** @type {const} */ (['ignore', 'pipe', 'pipe'])
      : /** @type {const} */ (['ignore', 'inherit', 'inherit'])
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...nodeFirst(), ...env },
      stdio: [...stdio],
      detached: true,
    })
    children.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      children.delete(child)
      resolve({ code: code ?? (signal ? 1 : 0), output })
    })
  })
}

// Programs started through `npx` shall run under this Node, not under the machine's.
const nodeFirst = () => ({ PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}` })

/**
 * How the product's processes are started: left to itself, Node lets the space for young objects grow to 128 MB while modules
 * load and keeps it, which is a third of the process.
 */
export const NODE_FLAGS = ['--max-semi-space-size=16']

/**
 * Makes sure that this process runs under Node 24 or later with those flags; any other runs the script again under the
 * right one and ends with it. Call it first: it resolves only where work may go on.
 * @param {string} scriptUrl import.meta.url of the calling script
 */
export async function underPinnedNode(scriptUrl) {
  catchSignals()
  const isNew = Number(process.versions.node.split('.')[0]) >= 24
  if (!isNew || !NODE_FLAGS.every((flag) => process.execArgv.includes(flag)))
    await runAgain(isNew ? process.execPath : await pinnedNode(), fileURLToPath(scriptUrl))
  // Whoever started us under the pinned Node is gone without a word (kill -9): end in good order.
  if (process.channel) {
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
    process.channel.unref()
  }
}

/** @type {(() => void)[]} */
const releases = []

// While packages are installed and apps are built, to be stopped means: stop those programs too, then go.
function catchSignals() {
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    const handler = () => {
      endChildren(signal)
      process.exit(code)
    }
    process.on(signal, handler)
    releases.push(() => process.off(signal, handler))
  }
}

/** From here on the application itself answers signals. */
export function releaseSignals() {
  for (const release of releases.splice(0)) release()
}

/** @param {string} node @param {string} script @returns {Promise<never>} */
async function runAgain(node, script) {
  releaseSignals()
  const args = [...NODE_FLAGS, ...process.execArgv, script, ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  return new Promise((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => process.exit(code ?? 1))
  })
}

/** @returns {Promise<string>} path of the pinned Node's program */
async function pinnedNode() {
  const remembered = path.join(STAMPS, 'node-path')
  if (existsSync(remembered)) {
    const node = readFileSync(remembered, 'utf8')
    if (spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${NODE}`) return node
  }
  return step(`本机 Node 为 ${process.versions.node}，准备 Node ${NODE}`, async () => {
    const { code, output } = await run('npx', ['-y', `node@${NODE}`, '--print', '"path=" + process.execPath'], {
      capture: true,
    })
    const node = /^path=(.+)$/m.exec(output)?.[1]
    if (code !== 0 || !node) {
      throw new Error(
        `无法取得 Node ${NODE}。请安装 Node 24 后重试。Node ${NODE} could not be had: install Node 24.\n${output}`,
      )
    }
    writeStamp('node-path', node)
    return node
  })
}

/** @param {string} name @param {string} content */
function writeStamp(name, content) {
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(path.join(STAMPS, name), content)
}

/** @param {string} name */
function readStamp(name) {
  const file = path.join(STAMPS, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Installs the packages when the lock file or any package.json changed since the last time. */
export async function install() {
  const manifests = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...workspaceFolders().map((folder) => `${folder}/package.json`),
  ]
  const wanted = hashFiles(manifests, `${process.platform}-${process.arch}`)
  if (readStamp('install') === wanted && existsSync(path.join(ROOT, 'node_modules/.modules.yaml'))) return
  const node = readStamp('node-path')
  await step('安装依赖', async () => {
    const { code } = await run('npx', ['-y', `pnpm@${PNPM}`, 'install', '--frozen-lockfile'], { env: { CI: 'true' } })
    if (code !== 0) throw new Error('依赖没有装好，原因见上。The packages could not be installed, see above.')
    // A fresh install may clear the folder that also remembers the Node program.
    if (node) writeStamp('node-path', node)
    writeStamp('install', wanted)
  })
}

/** Every folder of the workspace that holds a package. */
export function workspaceFolders() {
  const rooms = ['apps', 'packages'].flatMap((room) =>
    existsSync(path.join(ROOT, room))
      ? readdirSync(path.join(ROOT, room))
          .sort()
          .map((name) => `${room}/${name}`)
      : [],
  )
  return [...rooms, 'tests'].filter((folder) => existsSync(path.join(ROOT, folder, 'package.json')))
}

/** Builds the web apps whose sources, or the packages they stand on, changed since they were last built. */
export async function buildWebApps() {
  const stale = WEB_APPS.filter(({ folder }) => existsSync(path.join(ROOT, folder, 'package.json'))).flatMap((app) => {
    const sources = [app.folder, 'packages/client', 'packages/contract', 'packages/lifecycle', 'packages/web'].flatMap(
      filesUnder,
    )
    const wanted = hashFiles(['pnpm-lock.yaml', ...sources])
    const stamp = `web-${path.basename(app.folder)}`
    const built = existsSync(path.join(ROOT, app.folder, 'dist/index.html'))
    return built && readStamp(stamp) === wanted ? [] : [{ ...app, wanted, stamp }]
  })
  await Promise.all(
    stale.map(({ folder, name, wanted, stamp }) =>
      step(`构建${name}（${folder}）`, async () => {
        const vite = path.join(ROOT, folder, 'node_modules/vite/bin/vite.js')
        const cwd = path.join(ROOT, folder)
        const { code, output } = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
          cwd,
          capture: true,
        })
        if (code !== 0) throw new Error(`${folder} 构建失败。The build failed:\n${output}`)
        writeStamp(stamp, wanted)
      }),
    ),
  )
}

/** @param {string} folder relative to the root @returns {string[]} its files, without built and installed ones */
function filesUnder(folder) {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesUnder(name)
      return [name]
    })
}

/** @param {string[]} files relative to the root @param {string} [seed] */
function hashFiles(files, seed = '') {
  const hash = createHash('sha256').update(seed)
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(path.join(ROOT, file)))
  return hash.digest('hex')
}

/**
 * Runs a root command: what it throws is said in plain words, without a stack.
 * @param {() => Promise<void>} command
 */
export async function main(command) {
  try {
    await command()
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}
