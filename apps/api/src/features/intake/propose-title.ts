import { deIdentify } from '../../personal-data/de-identify.ts'
import { wordsOf } from './small-talk.ts'

/** Characters of a title, at most. */
export const TITLE_LENGTH = 30
/** A first clause shorter than this says too little by itself. */
const LEAST = 8

const OPENING =
  /^(?:(?:尊敬的|敬爱的|各位|亲爱的)?(?:社区|街道|小区|物业|居委会?|大家|邻居们?|领导们?|书记|主任|网格员|老师|工作人员|同志们?|您|你)*(?:们)?(?:早上|上午|中午|下午|晚上)?(?:您|你)?好|尊敬的.{0,16}?[：:]|(?:请问|问)(?:一下|下)?|(?:我|我们)?(?:想|要|来)?(?:反映|反应|咨询|投诉|举报|说|请教)(?:一下|下|个|几个|一个)?(?:问题|情况|事|事情)?(?=[，,：:。、\s])|麻烦(?:问)?(?:一下|下)|打扰(?:一下|了)?|不好意思|那个|就是)[\s，,：:。!！~～、]*/u
/** Of a letter: `某书记：您好！` */
const ADDRESS =
  /^(?:尊敬的|敬爱的|各位)?[^，,。！!？?\s]{0,8}?(?:书记|市长|县长|区长|局长|主任|部长|镇长|经理|领导)们?(?:[，,：:！!\s]+(?:您|你)?们?好?|(?:您|你)?们?好)(?=[，,：:。！!\s])/u
const LIST_SIGN = /^(?:\d{1,2}[.、．)）]|[①-⑩]|[(（][\d一二三四五][)）])/u
/** Says who speaks and where they live, as letters do; what it is about comes after. */
const WHO =
  /^(?:我们?|本人|咱们?|俺)(?:[^，,]{0,4}?(?:是|叫|系|住|居住)|于\d{2,4}年|\d{2,4}年)|^作为|^(?:家住|现住|住在?)|^\d{4}年[^，,]{0,8}$|^(?:您|你)好$/u
/** So many clauses at the beginning may say that. */
const MOST_WHO = 3
const CLAUSES = /[。！？!?；;\n…]+|[，,]+/u
const LINKS = /https?:\/\/\S+/giu
/** Signs that stood for what was taken out. */
const TAKEN_OUT = /〔[^〕]{1,6}〕/gu

const withoutOpening = (text: string): string => {
  let rest = text
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest
      .replace(OPENING, '')
      .replace(ADDRESS, '')
      .replace(LIST_SIGN, '')
      .replace(/^[\s\p{P}]+/u, '')
  }
  return rest === '' ? text : rest
}

/**
 * A title out of what was said: its first clauses, up to 30 characters, without greetings and without the personal data that the rules
 * find. '' where nothing is left to say.
 */
export const proposeTitle = (text: string): string => {
  const bare = wordsOf(deIdentify(text.slice(0, 1000)).text.replace(LINKS, '').replace(TAKEN_OUT, ''))
  const clauses = withoutOpening(bare.trim())
    .split(CLAUSES)
    .map((clause) => clause.replace(/\s+/gu, ' ').trim())
    .filter((clause) => clause !== '')
  const begins = clauses.findIndex((clause) => !WHO.test(clause))
  const [first = '', ...rest] = clauses.slice(begins > 0 && begins <= MOST_WHO ? begins : 0)
  let title = first
  for (const clause of rest) {
    const longer = `${title}，${clause}`
    if ([...title].length >= LEAST || [...longer].length > TITLE_LENGTH) break
    title = longer
  }
  const characters = [...title]
  return characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH - 1).join('')}…` : title
}
