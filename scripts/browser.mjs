import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run, step } from './bootstrap.mjs'

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

const present = () => process.env.CHROMIUM_PATH || NAMES.map(onPath).find(Boolean) || ELSEWHERE.find(isProgram)

/**
 * The system's Chromium; installed first where that is ours to do (root on a Debian system).
 * @returns {Promise<{ path: string } | { missing: string }>} `missing`: why browser tests are not possible
 */
export async function findBrowser() {
  const found = present()
  if (found) return { path: found }
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    return { missing: '没有找到 Chromium 或 Chrome，也无权安装。请安装后重试，或用 CHROMIUM_PATH 指明其位置。' }
  }
  return step('安装浏览器 Chromium 与中文字体', async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']
    for (const args of [['update'], install]) {
      const { code, output } = await run('apt-get', ['-q', ...args], { env, capture: true })
      if (code !== 0) return { missing: `apt-get ${args[0]} 失败：${output.trim().split('\n').at(-1)}` }
    }
    const installed = present()
    return installed ? { path: installed } : { missing: '安装后仍没有找到 chromium。' }
  })
}
