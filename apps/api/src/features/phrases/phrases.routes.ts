import { PERMISSIONS, type Phrase, phraseRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { FIRST_PHRASES } from '../../reference/first-phrases.ts'
import { openName } from '../people/index.ts'
import { holdsOver } from '../regions/index.ts'
import { findPhrases, insertPhrases, listPhraseSets } from './phrases.queries.ts'

const FIRST = { version: 0, items: [...FIRST_PHRASES] }
const keyOf = ({ action, choice, text }: Phrase) => JSON.stringify([action, choice, text])
const without = (some: readonly Phrase[], others: readonly Phrase[]): Phrase[] => {
  const known = new Set(others.map(keyOf))
  return some.filter((phrase) => !known.has(keyOf(phrase)))
}

/** Sentences that a community keeps to write with. They say nothing about anybody: whoever works somewhere may read them. */
export function servePhrases(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps
  const read = async (on: Queryable, community: string) => (await findPhrases(on, community)) ?? FIRST

  serve(app, deps, phraseRoutes.readPhrases, async ({ db, params }) => {
    const set = await read(db, params.communityCode)
    return answer(set, { version: set.version })
  })

  serve(
    app,
    deps,
    phraseRoutes.setPhrases,
    async ({ tx, actor, params: { communityCode: community }, body, version }) => {
      const tree = await directory.regions.tree()
      if (!holdsOver(tree, actor, PERMISSIONS['phrases.manage'].roles, community)) throw new AppError('forbidden')
      if ((await read(tx, community)).version !== version) throw new AppError('stale_version')
      const set = { version: version + 1, items: body.items }
      await insertPhrases(tx, community, { ...set, at: clock.now(), by: personOf(actor) })
      return answer(set, { version: set.version })
    },
  )

  serve(app, deps, phraseRoutes.listPhraseChanges, async ({ db, params, query: { cursor, limit } }) => {
    const before = decodeCursor(cursor, ['number'])?.[0] ?? null
    // One more than is shown: what the last of them changed.
    const sets = await listPhraseSets(db, params.communityCode, before, limit + 1)
    const shown = sets.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map(({ version, at, by, nameCipher, items }, i) => {
        const was = sets[i + 1]?.items ?? FIRST.items
        return {
          version,
          at: new Date(at).toISOString(),
          byName: openName(cipher, { id: by, nameCipher, phoneCipher: null }),
          added: without(items, was),
          removed: without(was, items),
        }
      }),
      nextCursor: last && sets.length > limit ? encodeCursor([last.version]) : null,
    }
  })
}
