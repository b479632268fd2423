import { photographed } from './pictures.ts'
import { buildingCode } from './places.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, PROPERTY } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const POWER = '玉琳路供电所'
const ROADS = '大观区市政所'

const ahead = ({ door }: Walk, days: number): string =>
  new Date(door.deps.clock.now().getTime() + days * DAY).toISOString()

/** One matter that several units share: a part returned and given to another unit, one extended, an order handed to a colleague. */
export const SHARED_WORK: readonly { daysAgo: number; walk(walk: Walk): Promise<unknown> }[] = [
  {
    daysAgo: 4,
    walk: async (walk) => {
      const { units, people } = walk
      const title = '五栋消防通道破损又无灯'
      const body = '五栋后面的消防通道路面塌了一块，两盏灯也不亮，划线早就看不清了，车停在上面没人管。'
      const photos = [
        await photographed(walk, 'resident5', 'path_broken'),
        await photographed(walk, 'resident5', 'lamp_dark'),
      ]
      const id = await walk.raise('resident5', { kind: 'problem', title, body, regionCode: buildingCode(5) }, photos)
      walk.pass(2 * HOUR)
      await walk.take('officer', id, 'accept', {
        categoryCode: '100113',
        urgency: 'ordinary',
        route: 'direct',
        publicTitle: '消防通道破损、照明缺失',
        publicText: '五栋后消防通道路面破损，两盏路灯不亮，标线不清。',
      })
      walk.pass(HOUR)
      await walk.take('officer', id, 'dispatch', {
        leadUnitId: units[PROPERTY],
        dueAt: ahead(walk, 12),
        instructions: '先行围挡，恢复照明后修补路面，重新划线。',
        coUnits: [
          { unitId: units[POWER], task: '检修两盏路灯的接线', dueAt: ahead(walk, 5) },
          { unitId: units[CITY_MANAGEMENT], task: '清理占道停放的车辆', dueAt: ahead(walk, 6) },
        ],
      })
      walk.pass(HOUR)
      await walk.take('unit_handler', id, 'sign')
      await walk.take('unit_handler2', id, 'return_part', {
        unitId: units[CITY_MANAGEMENT],
        reason: '该通道在小区围墙内，不属市政道路，请由物业劝离；路面修补建议派市政所指导。',
      })
      // Nobody signs in for the power supply: an officer signs and asks for it, another decides.
      await walk.take('officer', id, 'sign_part', { unitId: units[POWER] })
      walk.pass(3 * HOUR)
      await walk.take('officer', id, 'add_part', {
        unitId: units[ROADS],
        instructions: '到场指导路基处理',
        dueAt: ahead(walk, 8),
      })
      walk.pass(DAY)
      await walk.take('unit_handler', id, 'progress', {
        progressText: '已围挡，联系施工队进场。',
        photos: [await photographed(walk, 'unit_handler', 'path_broken')],
      })
      await walk.take('officer', id, 'request_part_extension', {
        unitId: units[POWER],
        requestedDueAt: ahead(walk, 8),
        reason: '电缆需更换，备料要一周。',
      })
      walk.pass(2 * HOUR)
      await walk.take('officer2', id, 'decide_part_extension', {
        unitId: units[POWER],
        approved: true,
        reason: '已核实备料情况，同意延期，其间加装临时灯。',
      })
      walk.pass(HOUR)
      await walk.take('unit_handler', id, 'hand_over', { unitId: units[PROPERTY], handlerId: people.unit_handler3! })
      walk.pass(DAY)
      await walk.take('unit_handler3', id, 'request_extension', {
        requestedDueAt: ahead(walk, 20),
        reason: '路基要等电缆敷设完再修，请延至电缆完工后十天。',
      })
    },
  },
]
