import { PERMISSIONS, peopleRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { regionsHeld } from '../regions/index.ts'
import { changePerson } from './change-person.ts'
import { assertMayChange, assertMayRegister, assertMayReveal, assertVisible, maySee } from './people.policy.ts'
import { presentPerson } from './people.present.ts'
import { findPerson, findPersonByPhoneHash, listAuditRecords, listPeople, lockPerson } from './people.queries.ts'
import { openName, openPhone } from './personal-fields.ts'
import { recordAudit } from './record-audit.ts'
import { registerPerson } from './register-person.ts'

export function servePeople(
  app: FastifyInstance,
  deps: Deps,
  guardNumber: (tx: Tx, actor: Actor, personId: string) => Promise<void>,
): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, peopleRoutes.listPeople, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['people.read'].roles, { within: query.region })
    const after = decodeCursor(query.cursor, ['text', 'uuid'])
    const rows = await listPeople(db, { regions, level: query.level, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.regionCode!, row.id],
      (row) => presentPerson(cipher, row),
    )
  })

  serve(app, deps, peopleRoutes.readPerson, async ({ db, actor, params }) => {
    const person = await findPerson(db, params.id)
    assertVisible(await directory.regions.tree(), actor, person)
    return answer(presentPerson(cipher, person), { version: person.version })
  })

  serve(app, deps, peopleRoutes.registerPerson, async ({ tx, actor, body }) => {
    assertMayRegister(await directory.regions.tree(), actor, body.regionCode)
    const person = await registerPerson(tx, cipher, { ...body, at: clock.now() })
    return answer(presentPerson(cipher, person), { version: person.version, location: `/v1/people/${person.id}` })
  })

  serve(app, deps, peopleRoutes.changePerson, async ({ tx, actor, params, body, version, accessChanged }) => {
    const tree = await directory.regions.tree()
    const person = await lockPerson(tx, params.id)
    assertVisible(tree, actor, person)
    assertMayChange(tree, actor, person, body)
    const changed = await changePerson(tx, cipher, person, version, body)
    // A number is a key to the account: who changed it must be found again.
    if (body.phone !== undefined && changed.phoneHash !== person.phoneHash) {
      await guardNumber(tx, actor, person.id)
      accessChanged(person.id)
      await recordAudit(tx, {
        at: clock.now(),
        personId: personOf(actor),
        action: 'change_phone',
        subjectType: 'person',
        subjectId: person.id,
        purpose: '修改联系电话',
        regionCode: person.regionCode!,
      })
    }
    return answer(presentPerson(cipher, changed), { version: changed.version })
  })

  serve(app, deps, peopleRoutes.findPersonByPhone, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    const person = await findPersonByPhoneHash(tx, cipher.keyedHash(body.phone))
    return { items: person && maySee(tree, actor, person) ? [presentPerson(cipher, person)] : [] }
  })

  serve(app, deps, peopleRoutes.revealPerson, async ({ tx, actor, params, body }) => {
    const tree = await directory.regions.tree()
    const person = await findPerson(tx, params.id)
    assertVisible(tree, actor, person)
    const regionCode = assertMayReveal(tree, actor, person)
    await recordAudit(tx, {
      at: clock.now(),
      personId: personOf(actor),
      action: 'reveal_person',
      subjectType: 'person',
      subjectId: person.id,
      purpose: body.purpose,
      regionCode,
    })
    return { id: person.id, name: openName(cipher, person), phone: openPhone(cipher, person) }
  })

  serve(app, deps, peopleRoutes.listAuditRecords, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['audit.read'].roles, { within: query.region })
    const after = decodeCursor(query.cursor, ['text', 'uuid'])
    const rows = await listAuditRecords(db, { regions, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ record }) => [record.regionCode, record.id],
      ({ record, person }) => ({
        ...record,
        at: record.at.toISOString(),
        person: { id: person.id, name: openName(cipher, person) },
      }),
    )
  })
}
