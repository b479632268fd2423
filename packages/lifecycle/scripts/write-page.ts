/** Writes docs/lifecycle.md anew. A test fails while it differs from the tables. */
import { writeFileSync } from 'node:fs'
import { lifecyclePage } from './lifecycle-page.ts'

writeFileSync(new URL('../../../docs/lifecycle.md', import.meta.url), lifecyclePage())
