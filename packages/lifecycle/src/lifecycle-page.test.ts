import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lifecyclePage } from '../scripts/lifecycle-page.ts'
import { GUARDS } from './guards.ts'
import { STATE_CODES } from './states.ts'
import { ACTION_CODES } from './table.ts'

test('the page stands committed as the tables have it', () => {
  const committed = readFileSync(new URL('../../../docs/lifecycle.md', import.meta.url), 'utf8')
  expect(
    committed === lifecyclePage(),
    'docs/lifecycle.md differs: node packages/lifecycle/scripts/write-page.ts',
  ).toBe(true)
})

test('the page names every state, action and guard', () => {
  const page = lifecyclePage()
  for (const code of [...STATE_CODES, ...ACTION_CODES, ...Object.keys(GUARDS)]) expect(page).toContain(`\`${code}\``)
})
