import type { HidingRule } from './de-identify.ts'
import { COMPOUND_SURNAMES, EVERYDAY_SURNAMES, RARE_SURNAMES, SURNAMES, WORDS_LIKE_NAMES } from './surnames.ts'

const COMPOUND = COMPOUND_SURNAMES.join('|')
const SURNAME = `(?:${COMPOUND}|[${SURNAMES}${RARE_SURNAMES}])`
// Enough after 业主 or 主任, which many a word may follow; after 姓名: every surname counts.
const LIKELY_SURNAME = `(?:${COMPOUND}|[${SURNAMES}${RARE_SURNAMES}高严方任])`
const ANY_SURNAME = `(?:${COMPOUND}|[${SURNAMES}${RARE_SURNAMES}${EVERYDAY_SURNAMES}])`

// Not in given names, or hardly ever: particles, pronouns and verbs that follow a name in running text.
const NOT_GIVEN =
  '的了是在和与及就都也不没有说称等让向对被把将并从到到这那我你他她它们来去给跟同而且或于后前时请因为所以已要会能可又再还很太做打找问叫住任当该此其某'
const GIVEN = `(?:(?![${NOT_GIVEN}])[一-龥])`
const AFTER_NAME = String.raw`(?=[,。、;:!?()"“”‘’《》\[\]【】〔〕\s,.;:!?)(/·—-]|[的了是在和与及就都也不没有说称等让向对被把将并从到这那因为已要会能请又再还于]|多次|屡次|曾|经常|一直|长期|今天|昨天|表示|答复|回复|告知|以及|先生|女士|一行|一家|某|$)`

const KIN_AND_COURTESY =
  '先生|女士|小姐|太太|大妈|大爷|大姐|大哥|大叔|大伯|大娘|大婶|大嫂|阿姨|叔叔|伯伯|奶奶|爷爷|婆婆|爹爹|嫂子|师傅|姐姐|哥哥|同学|同志|女儿|某某|某'
const PROFESSIONS =
  '老师|干部|医生|大夫|护士|律师|警官|民警|法官|教练|教授|会计|经理|总经理|老板|主任|副主任|书记|副书记|主席|所长|副所长|局长|副局长|院长|校长|副校长|园长|科长|处长|大队长|队长|组长|站长|' +
  '厂长|行长|村长|镇长|乡长|区长|市长|县长|会长|部长|厅长|店长|馆长|工程师|管家|秘书|干事|支书|委员|代表'
const TITLE = `(?:${KIN_AND_COURTESY}|(?:${PROFESSIONS})(?![理解期年远久大城会]))`

/** Who is about to be named: after these comes a full name. */
const INTRODUCED =
  `(?:我叫|名叫|叫做|名字叫|名字是|名为|姓名|名字|我名|我是|本人|来信人|报告人|求助人|留言人|反馈人|代表人|法定代表人|法人代表|法人|联系人|投诉人|举报人|反映人|申请人|当事人|被告|原告|签名|署名|户主|房主|` +
  `受害人|父亲|母亲|丈夫|妻子|爱人|儿子|女儿|外公|外婆|邻居|业主|村民|居民|住户|租户|房东|老板|员工|职工|男子|女子|${PROFESSIONS})`

const nameIn = (match: RegExpExecArray): string => match.groups?.hide ?? ''
const isOrdinaryWord = (match: RegExpExecArray): boolean => WORDS_LIKE_NAMES.has(nameIn(match).slice(0, 2))

/**
 * Names of people, known by what stands beside them. A name in the middle of a sentence with nothing beside it is not
 * found: that takes the person who approves the text.
 */
export const NAME_RULES: readonly HidingRule[] = [
  {
    // 姓名:张三 · 法定代表人:张三丰 · 我叫李四
    kind: 'name',
    pattern: new RegExp(
      String.raw`(?:${INTRODUCED}\s?[::]\s?|我叫|名叫|叫做|名字叫|名字是)(?<hide>${ANY_SURNAME}${GIVEN}{1,2})`,
      'dg',
    ),
    replacement: '某某',
    accept: (match) => !isOrdinaryWord(match),
  },
  {
    // 业主张三丰, 村民李四 and 主任王五, before punctuation or a word that ends a name
    kind: 'name',
    pattern: new RegExp(String.raw`${INTRODUCED}\s?(?<hide>${LIKELY_SURNAME}${GIVEN}{1,2})${AFTER_NAME}`, 'dg'),
    replacement: '某某',
    accept: (match) => !isOrdinaryWord(match),
  },
  {
    // 张三丰先生, 李四主任
    kind: 'name',
    pattern: new RegExp(`(?<hide>${SURNAME}${GIVEN}{1,2})${TITLE}`, 'dg'),
    replacement: '某',
    accept: (match) => !isOrdinaryWord(match) && !endsLikeATitle(nameIn(match)),
  },
  {
    // 张先生, 王大妈, 欧阳老师, 张姓女士
    kind: 'name',
    pattern: new RegExp(`(?<hide>${SURNAME})(?:姓)?${TITLE}`, 'dg'),
    replacement: '某',
    accept: (match) =>
      !/(?:分钟|闹钟|感谢|多谢|致谢|健康|毛主)$/.test(match.input.slice(Math.max(0, match.index - 1), match.index + 1)),
  },
  {
    // 严书记 where a sentence or a form of address begins, not 任课老师
    kind: 'name',
    pattern:
      /(?:^|[\s,。、;:!?]|尊敬的|敬爱的|[请求])(?<hide>[严高方任万白景盛])(?:书记|市长|县长|区长|局长|主任|先生|女士)/dg,
    replacement: '某',
  },
  {
    // 姓张的, 巫姓工作人员
    kind: 'name',
    pattern: new RegExp(
      `(?:[他她是位个]姓(?<hide>${ANY_SURNAME})(?![一-龥]{0,1}[名氏])|(?:(?<![一-龥])|(?<=[位个名]))(?<hide>${ANY_SURNAME})姓(?=[男女工人老业]))`,
      'dg',
    ),
    replacement: '某',
  },
  {
    // 小张说, 老王家
    kind: 'name',
    pattern: new RegExp(`(?<![一-龥])[小老](?<hide>[${SURNAMES}])(?=[,。、;!?,.;!?)]|[说家和跟与]|$)`, 'dg'),
    replacement: '某',
  },
  {
    // signed at the end: 签名 张三 2020年1月1日
    kind: 'name',
    pattern: new RegExp(
      String.raw`(?<=[\s。!,])(?<hide>${SURNAME}${GIVEN}{1,2})\s*(?:敬上|拜上|跪求|叩谢|\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?\s*$)`,
      'dg',
    ),
    replacement: '某某',
    accept: (match) => !isOrdinaryWord(match),
  },
]

/** 杨村副主任, 林场场长: what precedes the title belongs to it, or names a place. */
const endsLikeATitle = (name: string): boolean =>
  /[副正总大村镇乡区市县街局院校班系部科室厅站场厂店队组会司行所处园馆家户位名个]$/.test(name)
