import { hash } from 'node:crypto'
import type { Paper } from './ballots.queries.ts'

/** Of the list as published: in the order of the tokens, a line each. Anybody can compute it; the count's event carries it. */
export const listHashOf = (papers: readonly Paper[]): string =>
  hash('sha256', papers.map(({ token, choice, signature }) => `${token} ${choice} ${signature}`).join('\n'), 'hex')
