/** The ways in which one message counts off several matters; each gives the nth sign. */
const DIGITS = '一二三四五六七八九十'
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩'
const MOST = 10
type Count = (nth: number) => string
/** Behind the start, a blank or the end of a clause. */
const APART = String.raw`(?:^|[\s。！？!?；;，,：:、.…)）」”])`
const BY_WORDS: Count = (nth) => `${APART}(?<sign>${DIGITS[nth - 1]}是[，,：:]?)`
const COUNTS: readonly Count[] = [
  // A decimal is no list, and neither is a house that follows a house: `1.5`, `1、2号楼`.
  (nth) => String.raw`${APART}(?<sign>${nth}\s*(?:[、．]|[.](?!\d)|[)）])\s*)(?!\d+\s*(?:[、号栋幢楼单]|[.](?!\d)))`,
  (nth) => String.raw`(?<sign>[(（]\s*(?:${nth}|${DIGITS[nth - 1]})\s*[)）]\s*[、.]?)`,
  (nth) => `(?<sign>${CIRCLED[nth - 1]}[、.]?)`,
  (nth) => `${APART}(?<sign>${DIGITS[nth - 1]}\\s*[、．.])`,
  BY_WORDS,
  (nth) => `${APART}(?<sign>第${DIGITS[nth - 1]}(?:[个件条点]事?情?|项)?[，,、：:\\s])`,
]

/** A matter says at least this much, in characters; what is shorter was no list of matters. */
const LEAST = 4
/**
 * Longer messages argue: what they count off is reasons, facts and demands of one matter. People who count off several matters in a
 * group are brief, with each and with what leads into them.
 */
const BRIEF = { whole: 400, lead: 40, item: 120 }
const SEVERAL = /(?:问题|件|事|情况|[几两三四五多]个|反映|反应|[几两三四五]点)/u
const ARGUES = /(?:理由|原因|依据|诉求|要求|规定|条例|经过|事实)(?:如下|有|是|为)?[^。\n]{0,12}$/u

export interface OneMatter {
  text: string
  /** Without what leads into the list. */
  own: string
}

interface Place {
  /** Where the sign begins, and where what it counts off does. */
  at: number
  from: number
}

const placesOf = (count: Count, text: string): Place[] => {
  const places: Place[] = []
  let after = 0
  for (let nth = 1; nth <= MOST; nth++) {
    const pattern = new RegExp(count(nth), 'dgu')
    pattern.lastIndex = Math.max(0, after - 1)
    const [at, from] = pattern.exec(text)?.indices?.groups?.sign ?? []
    if (at === undefined || from === undefined) break
    places.push({ at, from })
    after = from
  }
  return places
}

/**
 * One text per matter, where a message counts off several (1、 2、; ① ②; 一是 … 二是 …); what leads into the list, such as the house it is
 * about, goes with each. Otherwise the text as it is.
 */
export const splitMatters = (text: string): OneMatter[] => {
  const whole = [{ text, own: text }]
  if (text.length > BRIEF.whole) return whole
  for (const count of COUNTS) {
    const places = placesOf(count, text)
    if (places.length < 2) continue
    const lead = text.slice(0, places[0]?.at).trim()
    const items = places.map(({ from }, i) =>
      text
        .slice(from, places[i + 1]?.at)
        .replace(/[\s；;，,、]+$/u, '')
        .trim(),
    )
    const argues =
      ARGUES.test(lead.replace(/[：:，,。\s]+$/u, '')) || (count === BY_WORDS && lead !== '' && !SEVERAL.test(lead))
    const fit = items.every((item) => item.length >= LEAST && item.length <= BRIEF.item)
    if (!fit || argues || lead.length > BRIEF.lead) return whole
    return items.map((own) => ({ text: lead === '' ? own : `${lead}\n${own}`, own }))
  }
  return whole
}
