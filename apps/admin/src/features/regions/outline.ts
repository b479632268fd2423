import type { Geometry } from '@tongxin/contract'

type Ring = readonly (readonly number[])[]
const TYPES = ['Point', 'Polygon', 'MultiPolygon'] as const

export type OutlineFault = 'not_json' | 'not_geojson' | 'several' | 'not_degrees'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What a pasted or chosen text says: a geometry, a feature, or a collection of one feature. The server checks it again. */
export function outlineOf(text: string): { geometry: Geometry } | { fault: OutlineFault } {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return { fault: 'not_json' }
  }
  if (isRecord(found) && found.type === 'FeatureCollection' && Array.isArray(found.features)) {
    if (found.features.length !== 1) return { fault: 'several' }
    found = found.features[0]
  }
  if (isRecord(found) && found.type === 'Feature') found = found.geometry
  if (!isRecord(found) || !TYPES.some((type) => type === (found as { type: unknown }).type))
    return { fault: 'not_geojson' }
  const geometry = { type: found.type, coordinates: found.coordinates } as Geometry
  const points = pointsOf(geometry)
  if (points.length === 0) return { fault: 'not_geojson' }
  // Web maps give metres, and some files latitude first: neither is a place on this side of the earth.
  const isPlace = ([x, y]: readonly number[]) =>
    typeof x === 'number' && typeof y === 'number' && x >= 70 && x <= 140 && y >= 0 && y <= 60
  return points.every(isPlace) ? { geometry } : { fault: 'not_degrees' }
}

const isPoint = (value: unknown): value is number[] => Array.isArray(value) && typeof value[0] === 'number'
const isRing = (value: unknown): value is Ring => Array.isArray(value) && isPoint(value[0])

/** Every ring, whatever depth it lies at; a point is a ring of one. */
function ringsOf(coordinates: unknown): Ring[] {
  if (isPoint(coordinates)) return [[coordinates]]
  if (isRing(coordinates)) return [coordinates]
  return Array.isArray(coordinates) ? coordinates.flatMap(ringsOf) : []
}
const pointsOf = ({ coordinates }: { coordinates: unknown }) => ringsOf(coordinates).flat()

export interface Drawing {
  /** Of an SVG whose box is `0 0 width height`. */
  path: string
  dots: { x: number; y: number }[]
  width: number
  height: number
}

const SIZE = 100
const ROOM = 6

/** North up; degrees of longitude are shortened as they are at that latitude, so that what is square looks square. */
export function drawingOf(geometry: { coordinates: unknown }): Drawing {
  const rings = ringsOf(geometry.coordinates)
  const points = rings.flat()
  const xs = points.map(([x = 0]) => x)
  const ys = points.map(([, y = 0]) => y)
  const [west, east, south, north] = [xs, ys].flatMap((of) => [
    of.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    of.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ]) as [number, number, number, number]
  const shorten = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const across = (east - west) * shorten
  const scale = (SIZE - 2 * ROOM) / (Math.max(across, north - south) || 1)
  const place = ([x = 0, y = 0]: readonly number[]) => ({
    x: round(ROOM + (x - west) * shorten * scale),
    y: round(ROOM + (north - y) * scale),
  })
  const path = rings
    .filter((ring) => ring.length > 2)
    .map((ring) => `M${ring.map((point) => `${place(point).x} ${place(point).y}`).join('L')}Z`)
    .join('')
  return {
    path,
    dots: rings.filter((ring) => ring.length === 1).map(([point = []]) => place(point)),
    width: round(2 * ROOM + across * scale),
    height: round(2 * ROOM + (north - south) * scale),
  }
}
const round = (value: number) => Math.round(value * 100) / 100
