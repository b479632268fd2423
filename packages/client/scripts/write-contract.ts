/** `npm run openapi`: writes anew what is made from the contract. A test fails while any differs from it. */
import { writeFileSync } from 'node:fs'
import { openApiText } from '@tongxin/contract/openapi'
import { fieldsText } from './fields-text.ts'
import { routeTableText } from './route-table-text.ts'

writeFileSync(new URL('../../../docs/openapi.json', import.meta.url), openApiText())
writeFileSync(new URL('../src/route-table.ts', import.meta.url), routeTableText())
writeFileSync(new URL('../src/fields.ts', import.meta.url), fieldsText())
