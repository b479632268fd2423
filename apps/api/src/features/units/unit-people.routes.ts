import { unitRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { maskedName, openName, recordAudit } from '../people/index.ts'
import {
  addContact,
  changeContact,
  findContact,
  listContacts,
  openContact,
  presentContact,
  removeContact,
} from './contacts.ts'
import { setHours } from './set-hours.ts'
import { assertMayKeep, assertMayManage, assertMayReadContacts, assertMayReveal } from './units.policy.ts'
import { findUnit, listChanges, listHandlers, lockUnit } from './units.queries.ts'

/** Whom to turn to at a unit, when, and who changed that. */
export function serveUnitPeople(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, db, directory } = deps

  const readable = async (actor: Actor, id: string) => {
    const unit = await findUnit(db, id)
    if (!unit) throw new AppError('not_found')
    assertMayReadContacts(await directory.regions.tree(), actor, unit)
    return unit
  }
  const by = (actor: Actor) => ({ by: personOf(actor), at: clock.now() })

  serve(app, deps, unitRoutes.listUnitContacts, async ({ actor, params }) => {
    await readable(actor, params.id)
    return { items: (await listContacts(db, params.id)).map((row) => presentContact(cipher, row)) }
  })

  serve(app, deps, unitRoutes.addUnitContact, async ({ tx, actor, params, body }) => {
    const unit = await lockUnit(tx, params.id)
    assertMayKeep(await directory.regions.tree(), actor, unit)
    return presentContact(cipher, await addContact(tx, cipher, unit.id, body, by(actor)))
  })

  serve(app, deps, unitRoutes.changeUnitContact, async ({ tx, actor, params, body, version }) => {
    const unit = await lockUnit(tx, params.id)
    assertMayKeep(await directory.regions.tree(), actor, unit)
    const row = await findContact(tx, unit.id, params.contactId)
    return presentContact(cipher, await changeContact(tx, cipher, row, version, body, by(actor)))
  })

  serve(app, deps, unitRoutes.removeUnitContact, async ({ tx, actor, params, version }) => {
    const unit = await lockUnit(tx, params.id)
    assertMayKeep(await directory.regions.tree(), actor, unit)
    await removeContact(tx, await findContact(tx, unit.id, params.contactId), version, by(actor))
    return undefined
  })

  serve(app, deps, unitRoutes.revealUnitContact, async ({ tx, actor, params, body }) => {
    const unit = await findUnit(tx, params.id)
    if (!unit) throw new AppError('not_found')
    assertMayReveal(await directory.regions.tree(), actor, unit)
    const contact = await findContact(tx, unit.id, params.contactId)
    await recordAudit(tx, {
      at: clock.now(),
      personId: personOf(actor),
      action: 'reveal_unit_contact',
      subjectType: 'unit',
      subjectId: unit.id,
      purpose: body.purpose,
      regionCode: unit.regionCode,
      details: { contactId: contact.id },
    })
    return openContact(cipher, contact)
  })

  serve(app, deps, unitRoutes.listUnitHandlers, async ({ actor, params }) => {
    const unit = await readable(actor, params.id)
    const items = (await listHandlers(db, unit.id, clock.now())).map(({ person, since, until }) => ({
      personId: person.id,
      name: maskedName(cipher, person),
      since: since.toISOString(),
      until: until?.toISOString() ?? null,
    }))
    return { items }
  })

  serve(app, deps, unitRoutes.listUnitChanges, async ({ actor, params, query }) => {
    const unit = await readable(actor, params.id)
    const before = decodeCursor(query.cursor, ['uuid'])?.[0]
    return pageOf(
      await listChanges(db, { unitId: unit.id, before, limit: query.limit + 1 }),
      query.limit,
      ({ change }) => [change.id],
      ({ change: { id, at, what, details }, person }) => ({
        id,
        at: at.toISOString(),
        by: openName(cipher, person),
        what,
        details,
      }),
    )
  })

  serve(app, deps, unitRoutes.setUnitHours, async ({ tx, actor, params, body, version, afterCommit }) => {
    const unit = await lockUnit(tx, params.id)
    if (!unit) throw new AppError('not_found')
    assertMayManage(await directory.regions.tree(), actor, unit.regionCode)
    const now = await setHours(tx, unit, version, body.hours, by(actor))
    afterCommit(() => directory.policies.forget())
    return answer({ hours: body.hours, version: now }, { version: now })
  })
}
