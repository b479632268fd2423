import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run, step } from './bootstrap.mjs'

// Chromium without windows: the same pages for less work, as nobody sees the frame around them.
const SHELL = 'chromium-headless-shell'
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} name */
const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isProgram)

const withWindows = () => NAMES.map(onPath).find(Boolean) || ELSEWHERE.find(isProgram)

/** Where the browser for the tests is, if this machine has one. */
export const present = () => process.env.CHROMIUM_PATH || onPath(SHELL) || withWindows()

const mayInstall = () => process.getuid?.() === 0 && onPath('apt-get')

/**
 * The browser for the tests: Chromium without windows, or else whichever Chromium or Chrome the machine has; where it has
 * none, installed first if that is ours to do (root on a Debian system).
 * @returns {Promise<{ path: string } | { missing: string }>} `missing`: why browser tests are not possible
 */
export async function findBrowser() {
  if (!present() && mayInstall()) await step('安装浏览器 Chromium 与中文字体', install)
  const found = present()
  return found
    ? { path: found }
    : { missing: '没有找到 Chromium 或 Chrome，也无法安装。请安装后重试，或用 CHROMIUM_PATH 指明其位置。' }
}

async function install() {
  /** @param {string[]} args */
  const apt = async (...args) => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const { code, output } = await run('apt-get', ['-q', ...args], { env, capture: true })
    if (code !== 0) console.log(`  apt-get ${args.join(' ')} 失败：${output.trim().split('\n').at(-1)}`)
    return code === 0
  }
  await apt('update')
  // Not every system of Debian's family has the one without windows.
  for (const name of [SHELL, 'chromium'])
    if (await apt('install', '-y', '--no-install-recommends', name, 'fonts-noto-cjk')) return
}
