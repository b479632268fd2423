import type { HidingRule } from './de-identify.ts'

const NUMERAL = '[0-9一二三四五六七八九十]'
const ROOM = String.raw`(?:\d{3,4}|[〇零一二三四五六七八九]{3,4})`
const FLOOR = `(?:${NUMERAL}{1,3}(?:楼|层)[-,、]?)?`
const UNIT = `${NUMERAL}{1,3}单元[-,、]?`
/** What makes a number the number of a room. */
const ROOM_WORD = String.raw`\s?(?:号房|室|房(?!间数)|号(?![楼栋幢线]))`
const BUILDING = '(?:栋|幢|座|号楼|#楼)'
const HIDDEN = { kind: 'door', replacement: '〔门牌〕' } as const

/** “工伤保险1812室” is an office, but nothing shows it; “共800户房” is a count. */
const isNoCount = (match: RegExpExecArray): boolean => !/[共约近有余全第]$/.test(match.input.slice(0, match.index))

/** What lies below the building: unit, floor, room, shop, and the number of a house of one household. */
export const DOOR_RULES: readonly HidingRule[] = [
  {
    // The building stays, because a matter needs its place; unit, floor and room go: 3栋〔门牌〕.
    ...HIDDEN,
    pattern: new RegExp(
      String.raw`${BUILDING}\s?(?<hide>(?:${UNIT})?${FLOOR}(?:[a-z]?\d{1,2}[-—])?` +
        String.raw`(?:${ROOM}(?:${ROOM_WORD}|户(?!居民|业主|人|住户|家庭|左右)|(?![\d年元平米㎡m个人多余户名位万号%]|[-~—至到]\d))|\d{1,2}${ROOM_WORD}))`,
      'dgi',
    ),
  },
  {
    ...HIDDEN,
    pattern: new RegExp(
      String.raw`(?:苑|园|小区|公寓|大厦|家属院|宿舍)\s?(?<hide>${FLOOR}(?:[a-z]?\d{1,2}[-—]){0,2}${ROOM}(?:号房|室|房(?!间数)))`,
      'dgi',
    ),
  },
  {
    // 同心家园7-104: building and room
    ...HIDDEN,
    pattern: /(?:苑|园|小区|城|府|庭|湾|郡|居|墅|寓)[a-z]?\d{1,3}[-—](?<hide>\d{3,4})(?![\d\-—.年:元平米㎡])/dgi,
  },
  {
    ...HIDDEN,
    pattern: new RegExp(
      String.raw`(?<hide>${NUMERAL}{1,3}(?:单元|门)[-,、]?${FLOOR}${ROOM}(?:号房|室|户|房|号)?)(?![\d年元平米㎡])`,
      'dg',
    ),
  },
  {
    ...HIDDEN,
    pattern:
      /(?<![\d第字.〕\])-])(?<hide>(?:[A-Za-z]?\d{1,3}[-—]){0,3}\d{3,4}(?:室|号房间?|房(?=的?(?:业主|住户|住|租|邻|内|间|门|[,。;,;、)\s]|$))|号(?=门牌|住户|业主|户主|人家)))/dg,
    accept: isNoCount,
  },
  {
    // 406业主, 501住户
    ...HIDDEN,
    pattern: /(?<![\d第字.\-—])(?<hide>\d{3,4})(?=的?(?:业主|住户|户主|房东|邻居))/dg,
    accept: isNoCount,
  },
  {
    ...HIDDEN,
    pattern: /(?<![\dA-Za-z.\-—])(?<hide>[A-Za-z]?\d{1,2}(?:栋|幢)?[-—]\d{1,2}[-—]\d{3,4})(?![\d\-—.年:])/dg,
  },
  {
    // 门面148号, 116号门面
    ...HIDDEN,
    pattern: /(?:门面|商铺|铺面|摊位|车库|杂物间)\s?(?<hide>[A-Za-z]?[-—]?\d{1,4}\s?号)/dg,
  },
  { ...HIDDEN, pattern: /(?<!\d)(?<hide>\d{1,4}\s?号)(?=门面|商铺|铺面|杂物间|车库)/dg },
  {
    // 街坊 numbering: in lanes and villages the number is one household's; along a road it is a whole building's.
    ...HIDDEN,
    pattern: /(?:巷|弄|胡同|村|组|塘|坪|湾|冲|坡|屋场)(?<hide>\d{1,4}号(?:附\d{1,3}号)?)(?![线楼栋站口文令院])/dg,
  },
  {
    ...HIDDEN,
    pattern:
      /(?:我住|本人住|居住|家住|住址|我家|住在|[,、]住)[^。;;\n]{0,30}?(?:路|街|道|里|户|社区|居委会)(?<hide>\d{1,4}号(?:附\d{1,3}号)?)(?![线楼栋站口文令院])/dg,
  },
]
