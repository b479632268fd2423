import { describe, expect, it } from 'vitest'
import { drawingOf, outlineOf } from './outline.ts'

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [117, 30],
      [117.01, 30],
      [117.01, 30.01],
      [117, 30.01],
      [117, 30],
    ],
  ],
}
const text = JSON.stringify

describe('an outline', () => {
  it.each([
    ['a geometry', square],
    ['a feature', { type: 'Feature', properties: { name: 'x' }, geometry: square }],
    ['a collection of one', { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: square }] }],
  ])('is read from %s', (_, given) => {
    expect(outlineOf(text(given))).toEqual({ geometry: square })
  })

  it.each([
    ['not_json', '{'],
    ['not_geojson', '[]'],
    ['not_geojson', '"Polygon"'],
    ['not_geojson', text({ type: 'LineString', coordinates: [[117, 30]] })],
    ['not_geojson', text({ type: 'Polygon', coordinates: [] })],
    ['not_geojson', text({ type: 'Polygon' })],
    ['several', text({ type: 'FeatureCollection', features: [] })],
    ['not_degrees', text({ type: 'Point', coordinates: [30.5, 117] })],
    ['not_degrees', text({ type: 'Point', coordinates: [13_000_000, 3_500_000] })],
    ['not_degrees', text({ type: 'Polygon', coordinates: [[[117, null]]] })],
  ])('is refused as %s: %s', (fault, given) => {
    expect(outlineOf(given)).toEqual({ fault })
  })

  it('is drawn with north up and in its true shape', () => {
    const { path, width, height, dots } = drawingOf(square)
    expect([height, dots]).toEqual([100, []])
    // A hundredth of a degree is shorter from west to east at 30° north.
    expect(width).toBeCloseTo(12 + 88 * Math.cos((30.005 * Math.PI) / 180), 1)
    expect(path.startsWith('M6 94L')).toBe(true)
  })

  it('of one point is a dot', () => {
    expect(drawingOf({ coordinates: [117, 30] })).toEqual({ path: '', dots: [{ x: 6, y: 6 }], width: 12, height: 12 })
  })
})
