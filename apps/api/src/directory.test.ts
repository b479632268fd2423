import { expect, it } from 'vitest'
import { testApp } from '../test/support/index.ts'
import { raiseAs } from '../test/support/issues.ts'

// Each holds a connection for its transaction, and asks the directory from within it.
it('answers when the first requests of a process take up every connection', async () => {
  const t = await testApp()
  const resident = await t.as('resident')
  const many = Array.from({ length: 2 * t.deps.config.databasePool }, () => raiseAs(resident))
  expect(new Set(await Promise.all(many)).size).toBe(many.length)
})
