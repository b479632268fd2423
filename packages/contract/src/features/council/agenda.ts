import { STATE_CODES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'

export const AGENDA_KINDS = {
  issue: '议题',
  report: '报告',
  information: '通报',
  resolutions_due: '前次决议落实情况',
} as const
export type AgendaKind = keyof typeof AGENDA_KINDS

/** Kinds that are heard, never voted on. */
const HEARD_KINDS = ['report', 'information', 'resolutions_due'] as const

export const ITEM_STATES = {
  pending: '尚未开始',
  discussing: '进行中',
  decided: '已议决',
  heard: '已听取',
  deferred: '转下次会议',
  dropped: '已撤下',
} as const
export type ItemState = keyof typeof ITEM_STATES

export const PRESENTER_KINDS = { person: '个人', unit: '单位', other: '其他' } as const
export type PresenterKind = keyof typeof PRESENTER_KINDS

export const meetingPaper = z
  .object({
    id: publicId,
    title: z.string(),
    mediaType: z.enum(['application/pdf', 'image/jpeg']),
    bytes: z.int(),
    hash: z.string().describe('文件的 SHA-256'),
    addedAt: instant,
  })
  .meta({ id: 'MeetingPaper' })
export type MeetingPaper = z.infer<typeof meetingPaper>

export const agendaItem = z
  .object({
    id: publicId.describe('议题的编号即事项编号'),
    kind: keysOf<AgendaKind>(AGENDA_KINDS),
    issueId: publicId.nullable().describe('议题以外的为空'),
    number: z.string().nullable().describe('事项编号；议题以外的为空'),
    title: z.string().nullable().describe('不公开的事项为空'),
    text: z.string().nullable(),
    issueState: z.enum(STATE_CODES).nullable(),
    state: keysOf<ItemState>(ITEM_STATES),
    presenter: z
      .object({
        kind: keysOf<PresenterKind>(PRESENTER_KINDS),
        id: z.uuid().nullable(),
        name: z.string().nullable(),
        affiliation: z.string().nullable().describe('自行填写的：单位或身份，公开'),
      })
      .nullable()
      .describe('报告人；个人的姓名只给议事会成员和工作人员看'),
    minutes: z.int().nullable().describe('预定时长，分钟'),
    begunAt: instant.nullable().describe('最近一次开始进行的时间'),
    current: z.boolean().describe('正在进行'),
    note: z.string().nullable().describe('会中记录，只给议事会成员和工作人员看'),
    papers: z.array(meetingPaper),
  })
  .meta({ id: 'AgendaItem' })
export type AgendaItem = z.infer<typeof agendaItem>
export type AgendaMatter = AgendaItem & { issueId: string; number: string }

const presenter = z
  .union([
    z.strictObject({ personId: uuid }),
    z.strictObject({ unitId: uuid }),
    z.strictObject({
      affiliation: z.string().trim().min(2, '请写报告人的单位或身份').max(50).describe('公开'),
      name: z.string().trim().min(2, '请写报告人').max(50).optional().describe('只给议事会成员和工作人员看'),
    }),
  ])
  .describe('报告人：议事会成员或工作人员、联办单位，或自行填写')
const timing = {
  minutes: z.int().min(1).max(240).optional().describe('预定时长，分钟'),
  presenter: presenter.optional(),
}

export const agendaItemBody = z.union([
  z.strictObject({ issueId: publicId, ...timing }),
  z.strictObject({
    id: publicId.optional().describe('议程上已有的，给出其编号，材料随之保留'),
    kind: z.enum(HEARD_KINDS),
    title: z.string().trim().min(2, '请写标题').max(100),
    text: z.string().trim().max(2000).optional(),
    ...timing,
  }),
])
export type AgendaItemBody = z.infer<typeof agendaItemBody>

export const MOST_PAPERS = 10
export const paperTitle = z.string().trim().min(2, '请写材料名称').max(100)
