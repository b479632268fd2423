import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The tokens that a style sheet sets to plain colours. */
const tokensOf = (file: string): Map<string, string> =>
  new Map(
    [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/(--[a-z0-9-]+): (#[0-9a-f]{3,6});/g)].map(
      ([, name, value]) => [name as string, value as string],
    ),
  )
const day = tokensOf('../../../../packages/web/src/tokens.css')
const night = tokensOf('./dark.css')
const THEMES = { day, night: new Map([...day, ...night]) }

const GROUNDS = ['--paper', '--surface', '--raised']
/** What is written, and on what. */
const PAIRS: [string, readonly string[]][] = [
  ...['--ink', '--ink-soft'].map((ink): [string, string[]] => [
    ink,
    [...GROUNDS, '--paper-deep', '--teal-50', '--amber-50'],
  ]),
  ['--ink-faint', GROUNDS],
  ['--teal-700', [...GROUNDS, '--teal-50', '--paper-deep']],
  ['--teal-900', ['--teal-50', '--teal-100']],
  ['--vermilion-700', [...GROUNDS, '--vermilion-50']],
  ['--amber-700', [...GROUNDS, '--amber-50']],
  ['--green-700', [...GROUNDS, '--green-50']],
  ['--on-teal', ['--teal-700', '--teal-900', '--green-700', '--amber-700', '--grey-700']],
  ['--on-vermilion', ['--vermilion-600']],
  ...['--brown-700', '--grey-700', ...'abcde'.split('').map((each) => `--group-${each}`)].map(
    (tone): [string, string[]] => [tone, GROUNDS],
  ),
]

/** Contrast of two colours as WCAG 2.2 measures it ("relative luminance", "contrast ratio"): 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const digits = hex.length === 4 ? [...hex.slice(1)].map((each) => each + each).join('') : hex.slice(1)
    const [red, green, blue] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

it('measures as WCAG does', () => {
  expect(contrast('#fff', '#000')).toBeCloseTo(21)
  expect(contrast('#777', '#fff')).toBeCloseTo(4.48, 2)
})

describe.each(Object.entries(THEMES))('by %s', (_name, tokens) => {
  it.each(PAIRS.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground])))(
    '%s is read on %s',
    (ink, ground) => {
      expect(contrast(tokens.get(ink) ?? '', tokens.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )
})

it('has its own of every colour by night, but for the seal', () => {
  expect([...day.keys()].filter((name) => !night.has(name))).toEqual(['--seal'])
})
