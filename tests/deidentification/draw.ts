import type { Message } from './messages.ts'

const SEED = 20_261_125
/** Half of them any message, half one in which something personal is likelier, so that rare kinds occur. */
const OF_EACH = 160
/** Longer ones, 4 in 100, are left out: nobody reads them to the end with the same care. */
const LONGEST = 1200
const LIKELY =
  /\d{3,}[室号房]|\d{7,}|[A-Za-z]\d{5}|先生|女士|师傅|我叫|姓名|微信|QQ|电话|本人[一-龥]{2,3}[,,]|[栋幢]\s?\d{3}/

export interface Drawn {
  message: Message
  /** The rules are improved on one half; of the other only the figures are read. */
  half: 'tuned' | 'held out'
  likely: boolean
}

/** Mulberry32: the same draw on every machine. */
const chances = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

export const draw = (messages: readonly Message[]): Drawn[] => {
  const chance = chances(SEED)
  const shuffled = messages.filter(({ body }) => body.trim().length <= LONGEST)
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1))
    ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
  }
  const any = shuffled.slice(0, OF_EACH)
  const likely = shuffled.slice(OF_EACH).filter(({ title, body }) => LIKELY.test(title + body))
  const halves = (drawn: Message[], isLikely: boolean) =>
    drawn.map((message, at): Drawn => ({ message, half: at % 2 === 0 ? 'tuned' : 'held out', likely: isLikely }))
  return [...halves(any, false), ...halves(likely.slice(0, OF_EACH), true)]
}
