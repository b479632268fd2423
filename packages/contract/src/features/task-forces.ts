import { STAGE_CODES, STATE_CODES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { civilDate, instant, page, pageQuery, uuid } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { TASK_FORCE_STATES, type TaskForceState } from '../words.ts'
import { regionCode } from './regions.ts'

const taskForceState = keysOf<TaskForceState>(TASK_FORCE_STATES)

export const TASK_FORCE_OPERATIONS = { change: '调整', plan: '安排节点', reach: '完成节点', close: '结束' } as const
export type TaskForceOperation = keyof typeof TASK_FORCE_OPERATIONS

export const TASK_FORCE_CHANGES = {
  create: '成立专班',
  change: '调整专班',
  plan: '安排节点',
  replan: '调整节点',
  drop: '取消节点',
  reach: '完成节点',
  close: '结束专班',
} as const
export type TaskForceChange = keyof typeof TASK_FORCE_CHANGES

const name = z.string().trim().min(2).max(60)
const purpose = z.string().trim().min(2).max(1000)
const note = z.string().trim().min(2).max(500)
const title = z.string().trim().min(2).max(100)

const member = z.strictObject({
  personId: uuid,
  unitId: uuid.nullable().describe('代表哪个单位；社区工作人员为空'),
})
const members = z.array(member).min(2).max(50).describe('含组长；至少来自两个单位（社区算一个）')
const issueIds = z.array(publicId).max(200).describe('专班负责的事项，全部')

export const newTaskForce = z.strictObject({
  community: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码'),
  name,
  purpose,
  leaderId: uuid.describe('组长，须在成员之中'),
  members,
  issueIds: issueIds.default([]),
})

export const taskForceEdit = z.strictObject({
  name: name.optional(),
  purpose: purpose.optional(),
  leaderId: uuid.optional(),
  members: members.optional(),
  issueIds: issueIds.optional(),
})

const person = z.object({ personId: z.uuid(), name: z.string().nullable() })

export const taskForceMember = person.extend({
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable().describe('社区工作人员为空'),
  leader: z.boolean(),
  standing: z.boolean().describe('仍是该单位的经办人或社区工作人员；否则已看不到专班的事项'),
})
export type TaskForceMember = z.infer<typeof taskForceMember>

export const taskForceMilestone = z.object({
  id: z.uuid(),
  title: z.string(),
  dueOn: civilDate,
  late: z.boolean(),
  reachedAt: instant.nullable(),
  reachedBy: person.nullable().describe('由谁完成'),
  note: z.string().nullable(),
})
export type TaskForceMilestone = z.infer<typeof taskForceMilestone>

export const taskForceMatter = z.object({
  issueId: publicId,
  issueNumber: z.string().meta({ example: '2026-000123' }),
  issueTitle: z.string().nullable(),
  stage: z.enum(STAGE_CODES),
  state: z.enum(STATE_CODES),
  leadUnitName: z.string().nullable(),
  dueAt: instant.nullable(),
  overdue: z.boolean(),
})
export type TaskForceMatter = z.infer<typeof taskForceMatter>

const summary = {
  id: publicId,
  name: z.string(),
  state: taskForceState,
  leaderName: z.string().nullable(),
  members: z.int(),
  units: z.int().describe('成员来自几个单位，社区算一个'),
  matters: z.int(),
  mattersOpen: z.int().describe('其中未办结的'),
  mattersOverdue: z.int(),
  milestones: z.int(),
  milestonesReached: z.int(),
  milestonesLate: z.int(),
  createdAt: instant,
  closedAt: instant.nullable(),
}

export const taskForceSummary = z.object(summary).meta({ id: 'TaskForceSummary' })
export type TaskForceSummary = z.infer<typeof taskForceSummary>

export const taskForceView = z
  .object({
    id: publicId,
    name: z.string(),
    purpose: z.string(),
    state: taskForceState,
    members: z.array(taskForceMember),
    matters: z.array(taskForceMatter).describe('期限近的在前'),
    milestones: z.array(taskForceMilestone),
    createdAt: instant,
    closedAt: instant.nullable(),
    result: z.string().nullable(),
    operations: z.array(keysOf<TaskForceOperation>(TASK_FORCE_OPERATIONS)).describe('读者现在可以做的'),
    version: z.int(),
  })
  .meta({ id: 'TaskForce' })
export type TaskForceView = z.infer<typeof taskForceView>

export const taskForceChangeView = z
  .object({
    seq: z.int(),
    at: instant,
    by: z.string().nullable(),
    action: keysOf<TaskForceChange>(TASK_FORCE_CHANGES),
    leader: z.string().nullable().describe('新组长'),
    joined: z.array(z.string()).describe('新成员'),
    left: z.array(z.string()).describe('离开的成员'),
    attached: z.array(z.string()).describe('新交办事项的编号'),
    detached: z.array(z.string()).describe('移出事项的编号'),
    text: z.string().nullable().describe('名称、节点、完成说明或结果'),
  })
  .meta({ id: 'TaskForceChange' })
export type TaskForceChangeView = z.infer<typeof taskForceChangeView>

export const taskForceCandidate = person
  .extend({ unitId: z.uuid().nullable(), unitName: z.string().nullable() })
  .meta({ id: 'TaskForceCandidate' })
export type TaskForceCandidate = z.infer<typeof taskForceCandidate>

const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const forceParams = z.object({ id: publicId })
const milestoneParams = forceParams.extend({ milestoneId: uuid })

export const taskForceRoutes = {
  listTaskForces: route({
    operationId: 'listTaskForces',
    method: 'GET',
    path: '/v1/task-forces',
    summary: '专班列表',
    description: '新成立的在前。单位经办人和网格员只看到自己参加的。',
    tag: '专班',
    permission: 'forces.read',
    query: pageQuery.extend({
      community,
      state: taskForceState.optional(),
      issue: publicId.optional().describe('负责该事项的'),
    }),
    responses: { 200: page(taskForceSummary) },
  }),
  listTaskForceCandidates: route({
    operationId: 'listTaskForceCandidates',
    method: 'GET',
    path: '/v1/task-forces/candidates',
    summary: '可以参加专班的人',
    description: '社区工作人员，和服务于本社区的各单位的经办人。',
    tag: '专班',
    permission: 'forces.manage',
    query: z.object({ community }),
    responses: { 200: z.object({ items: z.array(taskForceCandidate) }) },
  }),
  createTaskForce: route({
    operationId: 'createTaskForce',
    method: 'POST',
    path: '/v1/task-forces',
    summary: '成立专班',
    description: '由社区书记成立。成员对专班负责的事项，看到的与承办单位经办人一样多。',
    tag: '专班',
    permission: 'forces.manage',
    body: newTaskForce,
    responses: { 201: taskForceView },
    errors: ['unprocessable'],
  }),
  readTaskForce: route({
    operationId: 'readTaskForce',
    method: 'GET',
    path: '/v1/task-forces/:id',
    summary: '专班看板',
    tag: '专班',
    permission: 'forces.read',
    params: forceParams,
    responses: { 200: taskForceView },
    errors: ['not_found'],
  }),
  listTaskForceChanges: route({
    operationId: 'listTaskForceChanges',
    method: 'GET',
    path: '/v1/task-forces/:id/changes',
    summary: '专班的变更记录',
    description: '新的在前。',
    tag: '专班',
    permission: 'forces.read',
    params: forceParams,
    query: pageQuery,
    responses: { 200: page(taskForceChangeView) },
    errors: ['not_found'],
  }),
  changeTaskForce: route({
    operationId: 'changeTaskForce',
    method: 'PATCH',
    path: '/v1/task-forces/:id',
    summary: '调整专班的名称、任务、组长、成员、事项',
    tag: '专班',
    permission: 'forces.manage',
    params: forceParams,
    body: taskForceEdit,
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
  addMilestone: route({
    operationId: 'addMilestone',
    method: 'POST',
    path: '/v1/task-forces/:id/milestones',
    summary: '安排一个节点',
    description: '由书记或组长安排。',
    tag: '专班',
    permission: 'forces.work',
    params: forceParams,
    body: z.strictObject({ title, dueOn: civilDate }),
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
  changeMilestone: route({
    operationId: 'changeMilestone',
    method: 'PATCH',
    path: '/v1/task-forces/:id/milestones/:milestoneId',
    summary: '调整未完成的节点',
    tag: '专班',
    permission: 'forces.work',
    params: milestoneParams,
    body: z.strictObject({ title: title.optional(), dueOn: civilDate.optional() }),
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
  dropMilestone: route({
    operationId: 'dropMilestone',
    method: 'DELETE',
    path: '/v1/task-forces/:id/milestones/:milestoneId',
    summary: '取消未完成的节点',
    tag: '专班',
    permission: 'forces.work',
    params: milestoneParams,
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
  reachMilestone: route({
    operationId: 'reachMilestone',
    method: 'POST',
    path: '/v1/task-forces/:id/milestones/:milestoneId/reach',
    summary: '记录节点完成',
    description: '任何成员或书记可记；由谁完成，须是成员，不填为本人。',
    tag: '专班',
    permission: 'forces.work',
    params: milestoneParams,
    body: z.strictObject({ by: uuid.optional(), note: note.optional() }),
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
  closeTaskForce: route({
    operationId: 'closeTaskForce',
    method: 'POST',
    path: '/v1/task-forces/:id/close',
    summary: '结束专班',
    description: '写明结果。事项不再归专班，成员不再因专班看到它们。',
    tag: '专班',
    permission: 'forces.manage',
    params: forceParams,
    body: z.strictObject({ result: z.string().trim().min(2).max(2000) }),
    ifMatch: true,
    responses: { 200: taskForceView },
    errors: ['not_found', 'unprocessable'],
  }),
}
