import { addItem, closeProject, startProject } from '../features/cobuilding/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

const DAY = 86_400_000
const SCHOOL = '临江小学'
const CLINIC = '滨江社区卫生服务站'

/** Two offers, three needs, a project that came about and one under way; begun some weeks ago. */
export const buildTogether = async (walk: Walk): Promise<void> => {
  const { tx, units, people } = walk
  const by = () => ({ by: people.officer!, at: walk.door.deps.clock.now() })
  const item = { reviewed: false, from: null, until: null }
  const hall = await addItem(
    tx,
    COMMUNITY,
    {
      ...item,
      kind: 'offer',
      unitId: units[SCHOOL]!,
      resource: 'venue',
      title: '周末开放多功能厅',
      detail: '周六、周日上午可用，可坐八十人，有音响和投影，能放电影、排练合唱。',
    },
    by(),
  )
  walk.pass(DAY)
  const clinic = await addItem(
    tx,
    COMMUNITY,
    {
      ...item,
      kind: 'offer',
      unitId: units[CLINIC]!,
      resource: 'skill',
      title: '医生进小区量血压、讲健康',
      detail: '每月一次，来两位医生，量血压、测血糖，讲一节慢病课。',
    },
    by(),
  )
  walk.pass(2 * DAY)
  const check = await addItem(
    tx,
    COMMUNITY,
    {
      ...item,
      kind: 'need',
      unitId: null,
      resource: 'skill',
      title: '老人在家门口量血压、测血糖',
      detail: '八十岁以上的老人出门不便，希望每月有医生到小区来。',
    },
    by(),
  )
  await addItem(
    tx,
    COMMUNITY,
    {
      ...item,
      kind: 'need',
      unitId: null,
      resource: 'venue',
      title: '合唱队排练没有地方',
      detail: '三十来人，周末上午排练合唱，要有音响。',
    },
    by(),
  )
  await addItem(
    tx,
    COMMUNITY,
    {
      ...item,
      kind: 'need',
      unitId: units[SCHOOL]!,
      resource: 'people',
      title: '放学时校门口的文明劝导员',
      detail: '每天下午放学半小时，需要四名志愿者。',
    },
    by(),
  )
  walk.pass(3 * DAY)
  const id = await startProject(
    tx,
    COMMUNITY,
    {
      title: '家门口的健康角',
      plan: '每月第一个周三上午，医生在物业大厅量血压、测血糖，志愿者上门接不便出行的老人。',
      startsOn: new Date(by().at.getTime() + DAY).toISOString().slice(0, 10),
      unitIds: [units[CLINIC]!],
      reviewed: false,
    },
    { offerId: clinic, needId: check },
    by(),
  )
  await startProject(
    tx,
    COMMUNITY,
    {
      title: '邻里电影周末场',
      plan: '每月最后一个周六上午在学校多功能厅放一场老电影，社区组织报名。',
      startsOn: new Date(by().at.getTime() + 5 * DAY).toISOString().slice(0, 10),
      unitIds: [units[SCHOOL]!],
      reviewed: false,
    },
    { offerId: hall, needId: null },
    by(),
  )
  walk.pass(20 * DAY)
  const ending = {
    state: 'done' as const,
    result: '健康角办了一期，老人们说不用再跑医院排队；今后每月照办。',
    figures: [
      { name: '量血压', amount: 64, unit: '人次' },
      { name: '上门接送', amount: 9, unit: '人' },
    ],
    reviewed: false,
  }
  await closeProject(tx, COMMUNITY, id, 1, ending, by().at)
}
