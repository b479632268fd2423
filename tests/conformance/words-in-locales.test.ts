import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const APPS = new URL('../../apps/', import.meta.url)

/** Chinese signs, and the punctuation that belongs to them. */
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff65]/u
/** What the API's tables call things is Chinese alone; only the lifecycle's have both languages, by way of `named` and `label`. */
const TABLE = /\{\{\s*[A-Z][A-Z_]+\[[^\]]+\]\s*\}\}/

interface Line {
  where: string
  text: string
}

const linesOf = (app: string): Line[] =>
  readdirSync(new URL(`${app}/src/`, APPS), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts') && !file.split(path.sep).includes('locales'),
    )
    .flatMap((file) =>
      readFileSync(new URL(`${app}/src/${file}`, APPS), 'utf8')
        .split('\n')
        .map((text, at) => ({ where: `${app}/src/${file}:${at + 1}`, text })),
    )

it.each(['admin', 'hall'])('the words of %s stand in its locale files, in both languages', (app) => {
  const lines = linesOf(app)
  expect(lines.length).toBeGreaterThan(1_000)
  expect(lines.filter(({ text }) => CHINESE.test(text) || TABLE.test(text))).toEqual([])
})

it.each([
  ["<p>{{ t('orders.due') }}：</p>", true],
  ['<p>期限</p>', true],
  ['<p>{{ ORDER_STATES[order.state] }}</p>', true],
  ["<p>{{ t('orders.due') }} · “{{ name }}”</p>", false],
])('which the test would see in %s: %s', (text, found) => {
  expect(CHINESE.test(text) || TABLE.test(text)).toBe(found)
})
