import { issueActionRoutes, issueRoutes } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'
import type { Caller, Reply } from './caller.ts'
import { COMMUNITY, GRID } from './foundations.ts'

interface Taken {
  id: string
  state: string
  version: number
  seq: number
  followed: string[]
}

/** Raises a matter as this caller; returns its public id. */
export async function raiseAs(caller: Caller, fields: Record<string, unknown> = {}): Promise<string> {
  const reply = await caller.call(issueRoutes.raiseIssue, {
    body: {
      community: COMMUNITY,
      kind: 'problem',
      title: '三号楼的路灯不亮',
      body: '三号楼二单元门口的路灯坏了一个星期，晚上老人出行不便。',
      regionCode: GRID,
      ...fields,
    } as never,
  })
  if (reply.status !== 201) throw new Error(`raise: ${reply.text}`)
  return reply.body.id
}

/** Takes an action at the version it stands at now. */
export async function act(
  caller: Caller,
  id: string,
  action: Action,
  body: Record<string, unknown> = {},
  settings: { ifMatch?: number; idempotencyKey?: string } = {},
): Promise<Reply<Taken>> {
  const contract = issueActionRoutes[action]
  const ifMatch = contract.ifMatch ? (settings.ifMatch ?? (await versionOf(caller, id))) : undefined
  return caller.call(contract, { params: { id }, body: body as never, ...settings, ifMatch }) as Promise<Reply<Taken>>
}

/** As `act`, and throws what went wrong where it was refused. */
export async function must(
  caller: Caller,
  id: string,
  action: Action,
  body: Record<string, unknown> = {},
): Promise<Taken> {
  const reply = await act(caller, id, action, body)
  if (reply.status !== 200) throw new Error(`${action}: ${reply.status} ${reply.text}`)
  return reply.body
}

export async function versionOf(caller: Caller, id: string): Promise<number> {
  const reply = await caller.call(issueRoutes.readIssue, { params: { id } })
  // A reader who may not see it learns nothing of its version either.
  return reply.status === 200 ? reply.body.version : 1
}

export const ACCEPTED = {
  categoryCode: '209022',
  urgency: 'ordinary',
  route: 'direct',
  publicTitle: '楼前路灯不亮',
  publicText: '楼前路灯损坏，影响夜间出行。',
}
