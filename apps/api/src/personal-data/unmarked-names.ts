import { GIVEN_NAME_CHARACTERS } from './given-names.ts'
import { COMPOUND_SURNAMES, RARE_SURNAMES, SURNAMES, WORDS_LIKE_NAMES } from './surnames.ts'

/** Where a name stands in a text. */
interface Place {
  start: number
  end: number
}

const SURNAME = new RegExp(`(?:${COMPOUND_SURNAMES.join('|')}|[${SURNAMES}${RARE_SURNAMES}严])(?=[一-龥])`, 'g')
/** What people write between two marks; without any, no more at a time than a dictionary is quick about. */
const CLAUSE = /[一-龥A-Za-z0-9]{1,200}/g

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** What follows makes it a place or a firm: 江/兴/镇, 王/家/岭. */
const NO_PERSON =
  /^(?:家[岭湾铺冲坪坡塘垅坝桥湖山沟村]|省|市|县|区|镇|乡|村|组|街|路|道|巷|弄|桥|河|江|湖|山|岭|坪|冲|塘|湾|港|园|苑|城|府|庭|广场|小区|社区|公司|集团|酒店|宾馆|饭店|学校|小学|中学|大学|体育场|幼儿园|医院|银行|大厦|大桥|大道|公园|车站|站|号|栋|楼|店|厂|站|记|家园|新村|新城|国际|花园|地产|置业|物业|能源|科技|商贸|实业|汽车|线|基金|新政|通知|聚众|生意|科长|局长|院长|校长|处长|所长|站长|部长|镇长|村长)/

interface Candidate extends Place {
  /** Two characters in the middle of a clause are a name only when the text says them again. */
  certain: boolean
}

/**
 * Full names that nothing beside them gives away: a surname that stands as a word of its own, followed by one or two characters
 * of given names that no dictionary joins to anything.
 */
export const unmarkedNames = (text: string): Place[] => {
  const found: Candidate[] = []
  for (const { index: from, 0: clause } of text.matchAll(CLAUSE)) {
    let cuts: Set<number> | undefined
    for (const match of clause.matchAll(SURNAME)) {
      const start = match.index
      const given = start + match[0].length
      if (!GIVEN_NAME_CHARACTERS.has(clause[given] ?? '') || from + start < (found.at(-1)?.end ?? 0)) continue
      if (WORDS_LIKE_NAMES.has(clause.slice(start, start + 2)) || NO_PERSON.test(clause.slice(given, given + 4)))
        continue
      cuts ??= new Set([...words.segment(clause)].map(({ index }) => index)).add(clause.length)
      const candidate = candidateIn(clause, cuts, start, given)
      if (candidate) found.push({ ...candidate, start: from + start, end: from + candidate.end })
    }
  }
  const times = Map.groupBy(found, ({ start, end }) => text.slice(start, end))
  return found.filter(({ start, end, certain }) => certain || (times.get(text.slice(start, end))?.length ?? 0) > 1)
}

/** Single words that a name follows; any other before it most likely belongs to it: 枫/林/美景, 楚/江/大道, 六/孔. */
const BEFORE_NAME = new Set(
  '的是叫在由与和被为向对把将让给我他她请找有跟同及或了到从称说问于因位名家人妻子父母夫长者员友属户民兄弟姐妹女儿叔以但而就也都还只又要去来如若据即该其这那等村组妻',
)
/** Surnames that are mostly nouns: names only where a clause begins. */
const NOUNS = new Set('钱费段金余梁')
/** What does not make a place or a clause of the two characters before it: 黄兴/镇, 宣传/中. */
const ENDS_A_NAME = /[^省市县区镇乡村组街路道巷桥河江湖山岭坪冲塘湾港园苑城府庭溪洲中上下前后]/
/** What ends a name of two characters in the middle of a clause. */
const AFTER_NAME = /^(?:[的说称是在与和因为等于从向对被把将也又却就还曾不没有]|出现|表示|告知|离开)/

/** The name that begins at `start` of a clause cut into words, its given name at `given`; null where there is none. */
const candidateIn = (
  clause: string,
  cuts: ReadonlySet<number>,
  start: number,
  given: number,
): Pick<Candidate, 'end' | 'certain'> | null => {
  if (!cuts.has(start)) return null
  // A dictionary may know somebody famous of that name, or of its beginning: 李玉/梅
  const third = clause[given + 1] ?? ''
  const isGiven = GIVEN_NAME_CHARACTERS.has(third) && cuts.has(given + 2)
  if (!cuts.has(given) && !(isGiven && cuts.has(given + 1) && ENDS_A_NAME.test(third))) return null
  const before = clause[start - 1] ?? ''
  if (start > 0 && (NOUNS.has(clause[start] ?? '') || /\d/.test(before))) return null
  if (start > 0 && cuts.has(start - 1) && !BEFORE_NAME.has(before)) return null
  // 郭/文/远, 孙/喜明, 李玉/梅
  if (isGiven) return NO_PERSON.test(clause.slice(given + 2, given + 6)) ? null : { end: given + 2, certain: true }
  if (!cuts.has(given + 1)) return null
  if (given + 1 === clause.length) return { end: given + 1, certain: true }
  return AFTER_NAME.test(clause.slice(given + 1, given + 4)) ? { end: given + 1, certain: false } : null
}
