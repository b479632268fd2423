import type { GrantableRole } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { grants } from '../../db/schema/grants.ts'
import { AppError } from '../../http/errors.ts'
import { holdPerson } from '../people/index.ts'
import { findUnit } from '../units/index.ts'
import { holdsSeat } from './grants.queries.ts'
import { type Chain, recordGrantEvent } from './record-grant-event.ts'

export interface GrantRequest {
  personId: string
  role: GrantableRole
  regionCode: string
  unitId?: string
  deputyFor?: string
  reason: string
  validFrom?: Date
  validTo?: Date
  requestedBy: string
  at: Date
}

const unprocessable = (reason: string, path: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

/** A request changes nothing yet. @throws AppError unprocessable; the constraint `grants_one_standing` */
export async function requestGrant(tx: Tx, chain: Chain, request: GrantRequest) {
  const { at, unitId, ...columns } = request
  const person = await holdPerson(tx, request.personId)
  if (!person || person.anonymisedAt || person.mergedInto)
    throw unprocessable('person_unknown', 'personId', '没有登记此人')
  if (unitId !== undefined) {
    const unit = await findUnit(tx, unitId)
    if (!unit?.active) throw unprocessable('unit_unknown', 'unitId', '没有这个单位或已停用')
    if (!chain.tree.covers(unit.regionCode, request.regionCode)) {
      throw unprocessable('grant_region_unfit', 'regionCode', '该单位不服务于这个区域')
    }
  }
  if (request.deputyFor !== undefined && !(await holdsSeat(tx, request, chain.tree.subtree(request.regionCode)))) {
    throw unprocessable('deputy_of_nobody', 'deputyFor', '被替补的人不是这个区域的同类议事会成员，或本人即替补')
  }
  if (request.validTo && request.validTo <= at) {
    throw unprocessable('grant_already_ended', 'validTo', '结束时间须晚于现在')
  }
  const [grant] = await tx
    .insert(grants)
    .values({ id: newId(at), ...columns, unitId: unitId ?? null, requestedAt: at })
    .returning()
  await recordGrantEvent(tx, chain, grant!, 'request', { by: request.requestedBy, at, reason: request.reason })
  return grant!
}
