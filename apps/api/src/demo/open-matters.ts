import { buildingCode } from './places.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, PROPERTY } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A matter still on somebody's desk: when it was raised, and what happened to it since. */
interface OpenMatter {
  daysAgo: number
  walk(walk: Walk): Promise<unknown>
}

const accepted = (
  walk: Walk,
  id: string,
  categoryCode: string,
  route: 'direct' | 'council',
  [publicTitle, publicText]: [string, string] | [],
) => walk.take('officer', id, 'accept', { categoryCode, urgency: 'ordinary', route, publicTitle, publicText })

/** What the desks hold: at least one matter in most states. */
export const OPEN_MATTERS: readonly OpenMatter[] = [
  {
    daysAgo: 0.02,
    walk: (walk) =>
      walk.raise('resident5', {
        kind: 'problem',
        title: '单元门关不上',
        body: '二单元的大门闭门器坏了，夜里一直敞着，不太安全。',
        regionCode: buildingCode(5),
      }),
  },
  {
    daysAgo: 0.2,
    walk: (walk) =>
      walk.raise('resident9', {
        kind: 'request',
        title: '想给母亲申请助餐',
        body: '母亲独居，腿脚不便，想了解社区助餐怎么申请。',
        regionCode: buildingCode(9),
      }),
  },
  {
    // Nobody answered within the day: the list marks it.
    daysAgo: 2,
    walk: (walk) =>
      walk.raise('resident7', {
        kind: 'enquiry',
        title: '维修基金使用怎么公示',
        body: '想知道去年维修基金用在哪些地方，在哪里可以看到。',
        regionCode: buildingCode(7),
      }),
  },
  {
    daysAgo: 6,
    walk: async (walk) => {
      const id = await walk.raise('resident3', {
        kind: 'suggestion',
        title: '中心广场加装遮阳棚',
        body: '夏天老人孩子在广场活动没有阴凉，建议加装遮阳棚和长椅。',
        regionCode: buildingCode(3),
      })
      walk.pass(3 * HOUR)
      await accepted(walk, id, '209027', 'council', ['中心广场加装遮阳棚', '建议在中心广场加装遮阳棚和长椅。'])
      walk.pass(DAY)
      await walk.take('secretary', id, 'schedule')
    },
  },
  {
    daysAgo: 4,
    walk: async (walk) => {
      const id = await walk.raise('resident4', {
        kind: 'suggestion',
        title: '设一处电动车充电棚',
        body: '现在充电要跑到小区外，建议在西门设一处带雨棚的充电点。',
        regionCode: buildingCode(4),
      })
      walk.pass(2 * HOUR)
      await accepted(walk, id, '209023', 'council', ['西门设电动车充电棚', '建议在西门设一处带雨棚的集中充电点。'])
    },
  },
  {
    daysAgo: 3,
    walk: async (walk) => {
      const id = await walk.raise('resident2', {
        kind: 'problem',
        title: '垃圾桶满溢有异味',
        body: '二栋旁的垃圾桶这几天总是满的，气味很大。',
        regionCode: buildingCode(2),
      })
      walk.pass(2 * HOUR)
      await accepted(walk, id, '200103', 'direct', ['垃圾桶满溢', '二栋旁垃圾桶满溢，有异味。'])
      walk.pass(HOUR)
      await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
    },
  },
  {
    daysAgo: 5,
    walk: async (walk) => {
      const id = await walk.raise('resident8', {
        kind: 'problem',
        title: '沿街店铺占道摆摊',
        body: '南门外的店把桌子摆到人行道上，推轮椅过不去。',
        regionCode: buildingCode(8),
      })
      walk.pass(2 * HOUR)
      await accepted(walk, id, '200508', 'direct', ['沿街店铺占道经营', '南门外店铺占用人行道，影响通行。'])
      walk.pass(HOUR)
      await walk.take('officer', id, 'dispatch', {
        leadUnitId: walk.units[CITY_MANAGEMENT],
        coUnits: [{ unitId: walk.units[PROPERTY], task: '配合劝导，清理门前台阶' }],
      })
      walk.pass(HOUR)
      await walk.take('unit_handler2', id, 'sign')
      walk.pass(DAY)
      await walk.take('unit_handler2', id, 'progress', { progressText: '已上门告知，约定三日内整改。' })
    },
  },
  {
    daysAgo: 4,
    walk: async (walk) => {
      const id = await walk.raise('resident6', {
        kind: 'problem',
        title: '楼道声控灯不灵',
        body: '四层的声控灯怎么拍手都不亮。',
        regionCode: buildingCode(6),
      })
      walk.pass(HOUR)
      await accepted(walk, id, '209022', 'direct', ['楼道声控灯失灵', '四层声控灯失灵。'])
      walk.pass(HOUR)
      await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
      walk.pass(HOUR)
      await walk.take('unit_handler', id, 'sign')
      walk.pass(DAY)
      await walk.take('unit_handler', id, 'submit', {
        result: '更换声控开关两个，当场试亮。',
        outcomes: [{ key: 'people_helped', amount: 12 }],
      })
    },
  },
  {
    daysAgo: 5,
    walk: async (walk) => {
      const id = await walk.raise('resident', {
        kind: 'problem',
        title: '健身角地垫翘起',
        body: '健身角的塑胶地垫翘起一角，容易绊倒。',
        regionCode: buildingCode(1),
      })
      walk.pass(2 * HOUR)
      await walk.take('grid_worker', id, 'answer', {
        result: '当天已重新粘贴压平，周边一并检查。',
        categoryCode: '209017',
        publicTitle: '健身角地垫翘起',
        publicText: '健身角塑胶地垫翘起。',
      })
      walk.pass(DAY)
      await walk.take('resident', id, 'evaluate', {
        level: 2,
        contacted: true,
        solved: 'partly',
        comment: '又翘起来了。',
      })
    },
  },
  {
    daysAgo: 9,
    walk: async (walk) => {
      const id = await walk.raise('resident12', {
        kind: 'complaint',
        title: '邻街饭店深夜卸货',
        body: '饭店凌晨卸货，声音很大。已向法院起诉，希望社区也处理。',
        regionCode: buildingCode(12),
      })
      walk.pass(2 * HOUR)
      await walk.take('officer', id, 'decline', {
        reasonCode: 'in_legal_process',
        explanation: '该事项已进入诉讼程序，请依法院裁判解决；我们已将情况转告城管中队留意。',
      })
    },
  },
  {
    daysAgo: 7,
    walk: async (walk) => {
      const id = await walk.raise('resident10', {
        kind: 'problem',
        title: '马路窨井冒水',
        body: '市政道路上的窨井一下雨就往外冒水。',
        regionCode: buildingCode(10),
      })
      walk.pass(2 * HOUR)
      await walk.take('officer', id, 'refer', {
        recipient: 'hotline_12345',
        explanation: '市政道路不属社区管养，已代为转 12345，有结果会告诉您。',
      })
    },
  },
]
