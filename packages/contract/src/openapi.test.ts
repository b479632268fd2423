import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { errorCodesOf, openApiDocument, openApiText } from './openapi.ts'
import { PERMISSIONS } from './permissions.ts'
import { isWrite, successStatus, takesIdempotencyKey } from './route.ts'
import { allRoutes } from './routes.ts'

it('stands committed as the contract has it; `npm run openapi` writes it anew', () => {
  const committed = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
  expect(committed === openApiText(), 'docs/openapi.json differs from the contract').toBe(true)
})

it('is a valid OpenAPI 3.1 document', async () => {
  const result = await new Validator().validate(JSON.parse(openApiText()))
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
})

it('has every route once, under a name of its own', () => {
  const names = allRoutes.map(({ operationId }) => operationId)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  const places = allRoutes.map(({ method, path }) => `${method} ${path}`)
  expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([])
  const paths = openApiDocument().paths ?? {}
  expect(Object.values(paths).reduce((sum, path) => sum + Object.keys(path).length, 0)).toBe(allRoutes.length)
})

it.each(allRoutes.map((contract) => [contract.operationId, contract] as const))(
  '%s keeps the house rules',
  (_, contract) => {
    expect(contract.path).toMatch(/^\/v1\/[a-z0-9_\-/:.]+$/i)
    expect(PERMISSIONS).toHaveProperty([contract.permission])
    expect(contract.summary).toMatch(/\p{Script=Han}/u)
    expect(successStatus(contract)).toBeLessThan(300)
    const named = [...contract.path.matchAll(/:(\w+)/g)].map((match) => match[1])
    expect(Object.keys(contract.params?._zod.def.shape ?? {}).sort()).toEqual(named.sort())
    if (contract.ifMatch) expect(isWrite(contract)).toBe(true)
    const codes = errorCodesOf(contract)
    if (takesIdempotencyKey(contract)) expect(codes).toContain('idempotency_key_reused')
    if (contract.method === 'GET') expect(contract.body).toBeUndefined()
  },
)
