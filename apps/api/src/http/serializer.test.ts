import { allRoutes, isMedia } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { writersOf } from './serializer.ts'

// They are compiled when a first answer is written, which for some routes no test brings about.
it('has a writer for every JSON answer of every route', () => {
  const missing = allRoutes.flatMap((contract) =>
    Object.entries(contract.responses)
      .filter(([status, schema]) => schema && !isMedia(schema) && !writersOf(contract).has(Number(status)))
      .map(([status]) => `${contract.operationId} ${status}`),
  )
  expect(missing).toEqual([])
})
