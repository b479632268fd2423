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
 * The browser for the tests: Chromium without windows, installed first where that is ours to do (root on a Debian system), or else
 * whichever Chromium or Chrome the machine has.
 * @returns {Promise<{ path: string } | { missing: string }>} `missing`: why browser tests are not possible
 */
export async function findBrowser() {
  if (!process.env.CHROMIUM_PATH && !onPath(SHELL) && mayInstall()) await install()
  const found = present()
  return found
    ? { path: found }
    : { missing: '没有找到 Chromium 或 Chrome，也无法安装。请安装后重试，或用 CHROMIUM_PATH 指明其位置。' }
}

const install = () =>
  step('安装浏览器 Chromium 与中文字体', async () => {
    const packages = ['install', '-y', '--no-install-recommends', SHELL, 'fonts-noto-cjk']
    for (const args of [['update'], packages]) {
      const { code, output } = await run('apt-get', ['-q', ...args], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        capture: true,
      })
      if (code === 0) continue
      console.log(`  apt-get ${args[0]} 失败：${output.trim().split('\n').at(-1)}`)
      return
    }
  })
