import type { Kind, OUTCOMES } from '@tongxin/lifecycle'
import { CITY_MANAGEMENT, COMMITTEE, PROPERTY } from './units.ts'

type Outcome = keyof typeof OUTCOMES

/** One matter of the demo's year, as told by whoever raised it and by whoever settled it. */
export interface DemoMatter {
  /** Building it concerns; the grid follows. */
  building: number
  raiser: string
  kind: Kind
  categoryCode: string
  title: string
  body: string
  /** For the public; a private matter has none. */
  publicTitle?: string
  publicText?: string
  unit: string
  result: string
  outcomes: [Outcome, number][]
  level: 3 | 4 | 5
}

const PEOPLE = Array.from({ length: 12 }, (_, i) => (i === 0 ? 'resident' : `resident${i + 1}`))
const LEVELS = [5, 4, 5, 3, 5, 4] as const

type Told = Omit<DemoMatter, 'building' | 'raiser' | 'level'>

const spread = (first: number, tellings: Told[]): DemoMatter[] =>
  tellings.map((told, i) => ({
    ...told,
    building: ((first + i * 5) % 12) + 1,
    raiser: PEOPLE[(first + i * 7) % PEOPLE.length]!,
    level: LEVELS[(first + i) % LEVELS.length]!,
  }))

const lamps = (place: string, count: number): Told => ({
  kind: 'problem',
  categoryCode: '209022',
  title: `${place}路灯不亮`,
  body: `${place}有 ${count} 盏路灯不亮，晚上老人下楼看不清台阶，请尽快更换。`,
  publicTitle: `${place}路灯不亮`,
  publicText: `${place}部分路灯不亮，影响夜间出行。`,
  unit: PROPERTY,
  result: `已更换 ${count} 盏 LED 路灯，当晚试亮正常。`,
  outcomes: [
    ['matters_solved', 1],
    ['street_lamps', count],
  ],
})

const bays = (place: string, count: number): Told => ({
  kind: 'suggestion',
  categoryCode: '209021',
  title: `${place}能否划出车位`,
  body: `${place}的空地长期堆放杂物，建议清理后划成车位，缓解晚上停车难。`,
  publicTitle: `${place}清理后划设车位`,
  publicText: `${place}空地堆放杂物，建议清理后划设车位。`,
  unit: PROPERTY,
  result: `已清理空地，划设车位 ${count} 个，消防通道保持畅通。`,
  outcomes: [
    ['matters_solved', 1],
    ['parking_spaces', count],
  ],
})

const hazard = (title: string, body: string, result: string, count: number, categoryCode = '209023'): Told => ({
  kind: 'problem',
  categoryCode,
  title,
  body,
  publicTitle: title,
  publicText: body,
  unit: categoryCode.startsWith('2005') ? CITY_MANAGEMENT : PROPERTY,
  result,
  outcomes: [
    ['matters_solved', 1],
    ['hazards_removed', count],
  ],
})

const dispute = (title: string, body: string, result: string, count: number): Told => ({
  kind: 'request',
  categoryCode: '209026',
  title,
  body,
  unit: COMMITTEE,
  result,
  outcomes: [
    ['matters_solved', 1],
    ['disputes_mediated', count],
  ],
})

/** What was raised and settled; the sums are the year's figures: 32 matters, 34 lamps, 24 bays, 44 hazards, 23 disputes. */
export const SETTLED_MATTERS: readonly DemoMatter[] = [
  ...spread(0, [
    lamps('三栋南侧步道', 8),
    lamps('北门至健身角', 9),
    lamps('沿江步道东段', 7),
    lamps('七栋至九栋之间', 6),
    lamps('老年活动室门前', 4),
  ]),
  ...spread(3, [bays('八栋西侧', 9), bays('原煤棚旧址', 11), bays('东围墙内侧', 4)]),
  ...spread(1, [
    hazard(
      '楼道里有电动车飞线充电',
      '二单元有人从楼上拉线给电动车充电，担心起火。',
      '拆除飞线 6 处，引导到集中充电棚。',
      6,
    ),
    hazard('楼道堆放纸箱杂物', '三单元一至四层楼道堆了纸箱和旧家具，挡住通道。', '清理楼道杂物 5 处，已上门说明。', 5),
    hazard('窨井盖松动翘起', '路口的窨井盖一边翘起，有老人绊了一下。', '更换井盖 3 个，加装防坠网。', 3, '100103'),
    hazard('外墙瓷砖有脱落', '山墙的瓷砖松动，前天掉下来一块。', '拉起警戒线，清除松动瓷砖 4 处并补平。', 4),
    hazard('单元门口台阶破损', '台阶缺了角，下雨天容易滑倒。', '修补台阶 4 处，加装防滑条和扶手。', 4),
    hazard('消防栓箱门打不开', '三层的消防栓箱门锈死了，打不开。', '检修消防栓 7 处，更换水带两条。', 7),
    hazard('枯枝悬在步道上方', '香樟树有枯枝悬着，刮风时很危险。', '修剪枯枝 5 处。', 5, '100402'),
    hazard('健身器材螺丝松动', '漫步机的螺丝松了，孩子在上面摇晃。', '紧固健身器材 4 件，更换轴承一套。', 4),
    hazard('屋顶水箱盖没有锁', '水箱盖没上锁，谁都能打开。', '水箱盖加锁 3 处，水质复检合格。', 3),
    hazard('楼前电线垂得很低', '楼前的线缆垂到一人高，晾衣时会碰到。', '整理垂落线缆 3 处。', 3),
  ]),
  ...spread(5, [
    dispute(
      '楼上卫生间漏水',
      '楼上漏水把我家厨房天花板泡坏了，谈了两次没谈拢。',
      '双方签订调解协议，楼上修好防水并承担粉刷。',
      2,
    ),
    dispute('邻居夜里打麻将', '隔壁常常打到半夜，老人睡不好。', '上门沟通，约定晚十点后不再打牌。', 2),
    dispute('公共过道放鞋柜', '对门把鞋柜放在过道，两家吵了一架。', '鞋柜移入户内，双方当面和解。', 2),
    dispute('空调滴水到楼下', '楼上空调水滴在我家雨棚上，整夜响。', '加接排水管，双方认可。', 1),
    dispute('车位被长期占用', '划给我家门前的位置总被同一辆车占着。', '约定轮流停放，并登记联系方式由社区转达。', 2),
    dispute('遛狗不牵绳引起争执', '两家为遛狗不牵绳吵起来。', '双方道歉，签了文明养犬承诺。', 1),
    dispute('装修噪音扰民', '楼下中午还在装修，孩子没法午睡。', '约定施工时间，张贴在单元门口。', 2),
    dispute('菜园占用绿地', '一楼在绿地种菜，邻居有意见。', '恢复绿地，社区提供共享菜园一块。', 2),
    dispute('晾衣位置起纠纷', '公共晾衣杆两家争用。', '增设晾衣杆，按单元分区。', 2),
    dispute('老人赡养意见不一', '兄弟几个对照料老人有分歧。', '达成照料分工，写进调解协议。', 1),
    dispute('楼道监控朝向争议', '对门装的摄像头正对我家门。', '调整朝向，双方确认看不到对方门内。', 2),
    dispute('共用水管费用分摊', '共用水管坏了，几户对费用分摊有分歧。', '按户平摊，当场签字。', 2),
    dispute('儿童玩耍打碎花盆', '孩子踢球打碎了花盆，两家起争执。', '照价赔偿，握手言和。', 1),
    dispute('阳台改建遮挡采光', '楼下搭的雨棚挡住了我家的光。', '雨棚改短，双方签字认可。', 1),
  ]),
]
