import { photographed, type Scene } from './pictures.ts'
import { buildingCode } from './places.ts'
import type { Walk } from './records.ts'
import { PROPERTY } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Shown {
  building: number
  raiser: string
  categoryCode: string
  title: string
  body: string
  publicText: string
  result: string
  scenes: [before: Scene, after: Scene]
}

const SHOWN: readonly Shown[] = [
  {
    building: 4,
    raiser: 'resident4',
    categoryCode: '209022',
    title: '四栋西侧路灯不亮',
    body: '四栋西侧的路灯一盏都不亮，晚上倒垃圾要打手电。',
    publicText: '四栋西侧路灯不亮，影响夜间出行。',
    result: '更换损坏的驱动电源，当晚试亮正常。',
    scenes: ['lamp_dark', 'lamp_lit'],
  },
  {
    building: 11,
    raiser: 'resident11',
    categoryCode: '209017',
    title: '中心花园步道地砖破损',
    body: '中心花园的步道地砖碎了一片，老人走路容易绊倒。',
    publicText: '中心花园步道地砖破损，有绊倒的隐患。',
    result: '更换破损地砖并找平，周边松动的一并加固。',
    scenes: ['path_broken', 'path_mended'],
  },
]

const dispatched = async (walk: Walk, { building, raiser, categoryCode, title, body, publicText, scenes }: Shown) => {
  const photos = [await photographed(walk, raiser, scenes[0])]
  const id = await walk.raise(raiser, { kind: 'problem', title, body, regionCode: buildingCode(building) }, photos)
  walk.pass(HOUR)
  const accepted = { categoryCode, urgency: 'ordinary', route: 'direct', publicTitle: title, publicText }
  await walk.take('officer', id, 'accept', accepted)
  walk.pass(HOUR)
  await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
  walk.pass(HOUR)
  await walk.take('unit_handler', id, 'sign')
  walk.pass(DAY)
  return id
}

/** Two results on the publicity board, with photos from before, of the work and of the check on site; and a matter put off. */
export const showResults = async (walk: Walk): Promise<void> => {
  for (const shown of SHOWN) {
    const id = await dispatched(walk, shown)
    const after = shown.scenes[1]
    const submitted = { result: shown.result, photos: [await photographed(walk, 'unit_handler', after)] }
    await walk.take('unit_handler', id, 'submit', submitted)
    walk.pass(2 * HOUR)
    await walk.take('grid_worker', id, 'verify', {
      finding: '到现场看过，与申报一致。',
      place: '现场',
      position: { latitude: 30.51, longitude: 117.04 },
      photos: [await photographed(walk, 'grid_worker', after)],
    })
    walk.pass(HOUR)
    await walk.take('officer2', id, 'publicize', { result: shown.result })
    walk.pass(HOUR)
  }
  const [lamp] = SHOWN
  const id = await dispatched(walk, {
    ...lamp!,
    building: 7,
    raiser: 'resident7',
    title: '加装单元门禁',
    body: '希望七栋加装单元门禁，外来人员随意进出。',
    publicText: '建议七栋加装单元门禁。',
    scenes: ['path_broken', 'path_mended'],
  })
  await walk.take('secretary', id, 'suspend', {
    reason: '门禁须与明年的线路改造一并施工，现在安装将重复开挖。',
    reviewAt: new Date(walk.door.deps.clock.now().getTime() + 60 * DAY).toISOString(),
  })
}
