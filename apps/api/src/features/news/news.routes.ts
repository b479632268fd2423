import { newsRoutes, type UnreadCount } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { PolledStreams } from '../../http/polled-streams.ts'
import { serve } from '../../http/serve.ts'
import { countUnread } from '../inbox/index.ts'
import { findMarks, worksIn } from '../workbench/index.ts'

/** One line for all that a page of the console is told while it is looked at: a browser grants few to one host. */
export function serveNews(app: FastifyInstance, deps: Deps): void {
  const streams = new PolledStreams(app, deps, {
    inbox: async (people) => {
      const counts = await countUnread(deps.db, people, deps.clock.now())
      return new Map(
        [...counts].map(([person, unread]) => [
          person,
          { mark: String(unread), data: { unread } satisfies UnreadCount },
        ]),
      )
    },
    community: async (communities) => {
      const marks = await findMarks(deps.db, communities)
      return new Map([...marks].map(([community, mark]) => [community, { mark, data: {} }]))
    },
  })

  serve(app, deps, newsRoutes.followNews, async ({ actor, query: { community }, reply }) => {
    const person = personOf(actor)
    // Whoever has no part in the work there is not told when it is done; their reminders are told all the same.
    const told = community !== undefined && worksIn(actor, await deps.directory.regions.tree(), community)
    // Proxies would else collect what must arrive at once, and a line that has ended hold up the end of the service.
    reply.headers({ 'x-accel-buffering': 'no', connection: 'close' }).type('text/event-stream; charset=utf-8')
    return reply.send(streams.follow(person, { inbox: person, ...(told && { community }) }))
  })
}
