import type { OpinionMapView } from '@tongxin/contract'

/** The picture's measure, in units of its view box. */
export const PICTURE = { width: 100, height: 64 }
/** Room for the name above each circle. */
const LABEL = 9
const MARGIN = 2
/** How much of the picture people take up. */
const FILLED = 0.24
const MOST_DOTS = 160
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

export interface GroupCircle {
  letter: string
  size: number
  x: number
  y: number
  r: number
  /** Spread evenly: where a dot lies says nothing of anybody. */
  dots: { x: number; y: number }[]
}

export interface OpinionPicture {
  circles: GroupCircle[]
  peoplePerDot: number
  dotRadius: number
}

type Group = Pick<OpinionMapView['groups'][number], 'letter' | 'size' | 'x' | 'y'>

const inside = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most))

/** Circles as large as their groups, near to each other as their opinions are, and none over another. */
export function opinionPicture(groups: readonly Group[]): OpinionPicture {
  const { width, height } = PICTURE
  const total = groups.reduce((sum, { size }) => sum + size, 0)
  const scale = Math.sqrt((FILLED * width * height) / Math.PI / Math.max(1, total))
  const circles = groups.map(({ letter, size, x, y }) => {
    const r = inside(scale * Math.sqrt(size), 5, (height - LABEL) / 2 - MARGIN)
    return {
      letter,
      size,
      r,
      x: width / 2 + x * (width / 2 - r - MARGIN),
      y: height / 2 + y * (height / 2 - r - MARGIN),
    }
  })
  for (let round = 0; round < 200; round++) {
    for (const [i, a] of circles.entries())
      for (const b of circles.slice(i + 1)) {
        const [dx, dy] = [b.x - a.x || 0.01, b.y - a.y || 0.01]
        const distance = Math.hypot(dx, dy)
        const push = (a.r + b.r + LABEL - distance) / 2
        if (push <= 0) continue
        a.x -= (dx / distance) * push
        a.y -= (dy / distance) * push
        b.x += (dx / distance) * push
        b.y += (dy / distance) * push
      }
    for (const one of circles) {
      one.x = inside(one.x, one.r + MARGIN, width - one.r - MARGIN)
      one.y = inside(one.y, one.r + LABEL, height - one.r - MARGIN)
    }
  }
  const peoplePerDot = Math.max(1, Math.ceil(total / MOST_DOTS))
  const dotRadius = Math.min(
    1.1,
    ...circles.map(({ r, size }) => (0.62 * r) / Math.sqrt(Math.max(1, Math.ceil(size / peoplePerDot)))),
  )
  return {
    peoplePerDot,
    dotRadius,
    circles: circles.map((one) => {
      const count = Math.ceil(one.size / peoplePerDot)
      const dots = Array.from({ length: count }, (_, i) => {
        const away = (one.r - dotRadius) * 0.92 * Math.sqrt((i + 0.5) / count)
        return { x: one.x + away * Math.cos(i * GOLDEN_ANGLE), y: one.y + away * Math.sin(i * GOLDEN_ANGLE) }
      })
      return { ...one, dots }
    }),
  }
}

/** Below this the groups lie so close that one should not speak of camps. */
const CLEAR = 0.25

export const groupsAreClear = (map: Pick<OpinionMapView, 'silhouette'>): boolean =>
  map.silhouette !== null && map.silhouette >= CLEAR

/** Whole percent of those who answered; nobody is no percent. */
export const percentOf = (
  count: number,
  { agree, disagree, pass }: { agree: number; disagree: number; pass: number },
) => {
  const seen = agree + disagree + pass
  return seen === 0 ? 0 : Math.round((100 * count) / seen)
}

/** A tone for each letter, all ≥ 4.5 : 1 on paper; the letter itself always stands beside it. */
const TONES = ['a', 'b', 'c', 'd', 'e'].map((each) => `var(--group-${each})`)

export const toneOf = (letter: string): string => TONES[(letter.charCodeAt(0) - 65) % TONES.length] as string
