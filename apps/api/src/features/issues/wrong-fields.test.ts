import { issueActionRoutes, issueRoutes } from '@tongxin/contract'
import { ACTIONS, type Action, FIELDS, type FieldName, ROUTED_ACTIONS } from '@tongxin/lifecycle'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, COMMUNITY, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { raiseAs } from '../../../test/support/issues.ts'

/** What a careless or hostile program puts into any field. */
const WRONG = ['', ' ', '\u0000', 'half \ud800', 'x'.repeat(30_000), -1, 1e21, null, [], [{}], {}]

let t: TestApp
let officer: Caller
let id: string
beforeAll(async () => {
  t = await startTestApp()
  officer = await t.as('officer')
  id = await raiseAs(await t.as('resident'))
})
afterAll(() => t.close())

const fieldsOf = (action: Action) => Object.keys(ACTIONS[action].fields) as FieldName[]

it.each(ROUTED_ACTIONS.filter((action) => fieldsOf(action).length > 0))(
  '%s has an answer to every wrong field',
  async (action) => {
    const contract = issueActionRoutes[action]
    for (const name of fieldsOf(action)) {
      for (const value of WRONG) {
        const input = { params: { id }, ifMatch: contract.ifMatch ? 99 : undefined, body: { [name]: value } }
        const reply = await officer.call(contract, input as never)
        const told = `${name} ${JSON.stringify(value).slice(0, 20)}: ${reply.text}`
        expect(reply.status, told).toBeLessThan(500)
        // No such value is a moment or an id, whatever else is wrong with the form.
        if (['date_time', 'id'].includes(FIELDS[name].type)) {
          expect(reply.status, told).toBe(400)
          expect(
            reply.problem.errors?.some(({ path }) => path.startsWith(`body.${name}`)),
            told,
          ).toBe(true)
        }
      }
    }
  },
)

it.each(Object.keys(issueRoutes.listIssues.query.shape))('the list has an answer to every wrong %s', async (name) => {
  for (const value of WRONG) {
    const query = { community: COMMUNITY, [name]: typeof value === 'object' ? '[]' : String(value).slice(0, 4_000) }
    const reply = await officer.call(issueRoutes.listIssues, { query } as never)
    expect(reply.status, `${name} ${query[name]}: ${reply.text}`).toBeLessThan(500)
  }
})
