import type { Geometry } from '@tongxin/contract'

export const DISTRICT = '340803'
export const STREET = '340803002'
export const COMMUNITY = '340803002001'
export const NEIGHBOUR = '340803002003'

export interface DemoPlace {
  code: string
  level: 'community' | 'grid' | 'building'
  name: string
  parentCode: string
  geometry: Geometry
}

// An outline of the demo's own, laid near the river at Anqing; it traces no real building.
const CENTRE = { longitude: 117.0403, latitude: 30.5108 }
const METRES_PER_DEGREE = 111_320
const BEARING = (12 * Math.PI) / 180

/** Metres east and north of the estate's centre, turned along its river front, as WGS-84 degrees. */
function locate(east: number, north: number): [number, number] {
  const x = east * Math.cos(BEARING) + north * Math.sin(BEARING)
  const y = north * Math.cos(BEARING) - east * Math.sin(BEARING)
  const longitude = CENTRE.longitude + x / (METRES_PER_DEGREE * Math.cos((CENTRE.latitude * Math.PI) / 180))
  const latitude = CENTRE.latitude + y / METRES_PER_DEGREE
  return [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))]
}

/** Counter-clockwise and closed, as RFC 7946 asks. */
function rectangle(west: number, south: number, east: number, north: number): Geometry {
  const ring = [locate(west, south), locate(east, south), locate(east, north), locate(west, north), locate(west, south)]
  return { type: 'Polygon', coordinates: [ring] }
}

const GRIDS = [
  { name: '第一网格（临江）', west: -200, south: -160 },
  { name: '第二网格（滨河）', west: 0, south: -160 },
  { name: '第三网格（玉琳）', west: -200, south: 0 },
  { name: '第四网格（书院）', west: 0, south: 0 },
]
const GRID_SIZE = { width: 200, height: 160 }
const BUILDINGS_PER_GRID = 3
/** An old estate's slabs: south-facing rows, 62 m by 12 m. */
const SLAB = { length: 62, depth: 12, gap: 44 }

function placesOfEstate(): DemoPlace[] {
  const places: DemoPlace[] = []
  GRIDS.forEach(({ name, west, south }, g) => {
    const grid = `${COMMUNITY}${String(g + 1).padStart(3, '0')}`
    const outline = rectangle(west, south, west + GRID_SIZE.width, south + GRID_SIZE.height)
    places.push({ code: grid, level: 'grid', name, parentCode: COMMUNITY, geometry: outline })
    for (let b = 0; b < BUILDINGS_PER_GRID; b++) {
      const left = west + 40 + (b % 2) * 56
      const low = south + 18 + b * SLAB.gap
      places.push({
        code: `${grid}B${String(b + 1).padStart(2, '0')}`,
        level: 'building',
        name: `${g * BUILDINGS_PER_GRID + b + 1} 栋`,
        parentCode: grid,
        geometry: rectangle(left, low, left + SLAB.length, low + SLAB.depth),
      })
    }
  })
  return places
}

/** 滨江苑: four grids, twelve buildings. Of the neighbour, one grid and one building, for what must not reach across. */
export const DEMO_PLACES: readonly DemoPlace[] = [
  ...placesOfEstate(),
  {
    code: `${NEIGHBOUR}001`,
    level: 'grid',
    name: '太平寺第一网格',
    parentCode: NEIGHBOUR,
    geometry: rectangle(420, -160, 620, 0),
  },
  {
    code: `${NEIGHBOUR}001B01`,
    level: 'building',
    name: '太平寺 1 栋',
    parentCode: `${NEIGHBOUR}001`,
    geometry: rectangle(450, -120, 512, -108),
  },
]

/** The communities' own outlines. */
export const COMMUNITY_OUTLINES: Record<string, Geometry> = {
  [COMMUNITY]: rectangle(-200, -160, 200, 160),
  [NEIGHBOUR]: rectangle(420, -160, 820, 160),
}

/** Building `number` of 滨江苑, 1 to 12, as its sign says. */
export function buildingCode(number: number): string {
  const grid = Math.ceil(number / BUILDINGS_PER_GRID)
  const within = ((number - 1) % BUILDINGS_PER_GRID) + 1
  return `${COMMUNITY}${String(grid).padStart(3, '0')}B${String(within).padStart(2, '0')}`
}

export const BUILDING_COUNT = GRIDS.length * BUILDINGS_PER_GRID
