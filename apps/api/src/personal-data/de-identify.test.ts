import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deIdentify } from './de-identify.ts'

const hidden = (text: string) => deIdentify(text).text

describe('what is hidden', () => {
  it.each([
    ['请打13800001234联系', '请打〔电话〕联系'],
    ['电话 138 0000 1234。', '电话 〔电话〕。'],
    ['电话:１３８００００１２３４', '电话:〔电话〕'],
    ['+86-138-0000-1234', '〔电话〕'],
    ['一三八零零零零一二三四', '〔电话〕'],
    ['座机0556-5550123转8', '座机〔电话〕'],
    ['物业电话5550123没人接', '物业电话〔电话〕没人接'],
  ])('a phone number: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it.each([
    ['身份证340803195001011234,', '身份证〔证件号〕,'],
    ['身份证号:34080319500101123x', '身份证号:〔证件号〕'],
    ['证件３４０８０３１９５００１０１１２３４', '证件〔证件号〕'],
    ['医保卡号 A1234567', '医保卡号 〔证件号〕'],
  ])('an ID number: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it('a bank card by its check digit, and no other long number', () => {
    expect(hidden('转到6222 0212 3456 7890 128')).toBe('转到〔银行卡号〕')
    expect(hidden('转到6222 0212 3456 7890 123')).toBe('转到6222 0212 3456 7890 123')
  })

  it.each([
    ['皖H12345堵住通道', '〔车牌〕堵住通道'],
    ['皖h·d12345绿牌', '〔车牌〕绿牌'],
    ['警车皖H1234警', '警车〔车牌〕'],
    ['1、皖H12345 2、皖HD12345', '1、〔车牌〕 2、〔车牌〕'],
    ['1、皖HA12B32、皖H1B2C33、无牌照', '1、〔车牌〕2、〔车牌〕3、无牌照'],
    ['车牌号是H12345', '车牌号是〔车牌〕'],
  ])('a plate: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it.each([
    ['发到zhang.san@example.com.cn', '发到〔邮箱〕'],
    ['微信号zhangsan_66', '微信号〔账号〕'],
    ['加微信:zs123456', '加微信:〔账号〕'],
    ['QQ 123456789 在线', 'QQ 〔账号〕 在线'],
  ])('an address on the net: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it.each([
    ['3栋2单元501室漏水', '3栋〔门牌〕漏水'],
    ['3栋二单元五楼502漏水', '3栋〔门牌〕漏水'],
    ['住在12幢1203', '住在12幢〔门牌〕'],
    ['2单元501', '〔门牌〕'],
    ['302号住户', '〔门牌〕住户'],
    ['楼上601室天天吵', '楼上〔门牌〕天天吵'],
    ['5-2-301 的空调', '〔门牌〕 的空调'],
    ['同心巷12号门口', '同心巷〔门牌〕门口'],
    ['同心家园7-104开了店', '同心家园7-〔门牌〕开了店'],
    ['5 栋201 房', '5 栋〔门牌〕'],
    ['9栋20号', '9栋〔门牌〕'],
    ['一楼门面148 号', '一楼门面〔门牌〕'],
    ['楼上406业主', '楼上〔门牌〕业主'],
    ['我家1栋411房漏水，411的水又漏到楼下', '我家1栋〔门牌〕漏水，〔门牌〕的水又漏到楼下'],
    ['本人家住玉琳路街道玉琳路88号', '本人家住玉琳路街道玉琳路〔门牌〕'],
  ])('a door number, but not the building: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it.each([
    ['张先生说', '某先生说'],
    ['王大妈家', '某大妈家'],
    ['欧阳老师', '某老师'],
    ['请李建国书记过问', '请某书记过问'],
    ['我叫李小明,住滨江苑', '我叫某某,住滨江苑'],
    ['我叫李明住滨江苑', '我叫某某住滨江苑'],
    ['联系人:高远', '联系人:某某'],
    ['业主赵卫东多次反映', '业主某某多次反映'],
    ['物业经理钱小红表示', '物业经理某某表示'],
    ['小张说的', '小某说的'],
    ['严书记：您好', '某书记：您好'],
    ['她姓胡，一位巫姓工作人员', '她姓某，一位某姓工作人员'],
  ])('a name beside what gives it away: %s', (text, expected) => expect(hidden(text)).toBe(expected))

  it.each([
    ['打电话给郭文远，他不接', '打电话给某某，他不接'],
    ['孙坤明，孙喜明和孙水明三户', '某某，某某和某某三户'],
    ['昨天是郭立。今天郭立说修好了', '昨天是某某。今天某某说修好了'],
    ['业主赵卫东多次反映，单赵卫东户就报修三次', '业主某某多次反映，单某某户就报修三次'],
  ])('a full name that nothing gives away, and one named before: %s', (text, expected) =>
    expect(hidden(text)).toBe(expected),
  )
})

describe('what stays', () => {
  it.each([
    '3栋2单元楼道灯不亮',
    '12345热线和110都打过',
    '2019年11月7日17:57',
    '【2018】186号文件',
    '共计800户,每户1200元',
    '3栋105平方米',
    '玉琳路88号门口井盖松动',
    '地铁4号线和6号口',
    '高中老师、任课老师和项目经理都来了',
    '对于老师的做法,由于经理不在',
    '业主关注,居民高度重视,村民常年出行不便',
    '感谢书记,恭请市长',
    '班主任、副主任、公安局长、保安队长',
    '他曾经理解过',
    '每平方2200-2300元',
    '微信公众号和QQ群,支付宝180元',
    '卫生健康委员会',
    '最高法院',
    '楚江大道和枫林美景、黄兴镇、范家铺、张家岭',
    '高中学习、江边、林权证、公积金新政、钱大多付诸东流',
    '东风路382号上园小区的业主',
    '全栋406户业主',
  ])('%s', (text) => expect(deIdentify(text)).toEqual({ text, removals: [] }))
})

describe('sentences made up at random', () => {
  const pick = (...of: string[]) => fc.constantFrom(...of)
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
  const surname = pick('王', '李', '张', '刘', '陈', '赵', '周', '吴', '徐', '孙', '朱', '欧阳')
  const given = pick('建国', '秀英', '志强', '文辉', '海燕', '桂兰', '晓明', '玉梅', '国庆', '丽华')
  const name = fc.tuple(surname, given).map((parts) => parts.join(''))
  const PIECES = {
    name: { of: name, as: ['业主X多次反映', '我叫X，住在本小区', '联系人：X', '昨天打电话给X，没有人接', 'X老师来过'] },
    phone: { of: digits(9).map((rest) => `13${rest}`), as: ['电话X', '请拨X联系', '（X）'] },
    id_number: { of: digits(3).map((rest) => `34080319500101${rest}1`), as: ['身份证号X', '证件X，'] },
    plate: { of: digits(5).map((rest) => `皖H${rest}`), as: ['车牌X', 'X堵住通道', '一辆X小车'] },
    door: { of: digits(2).map((rest) => `3${rest}室`), as: ['5栋X漏水', '5栋2单元X漏水', '楼上X很吵'] },
    email: { of: digits(5).map((rest) => `abc${rest}@example.com`), as: ['邮箱X', '发到X。'] },
  } as const
  it.each(Object.entries(PIECES))('hold no %s afterwards', (_, { of, as }) => {
    fc.assert(
      fc.property(of, fc.constantFrom(...as), pick('路灯不亮。', '下水道堵了，', ''), (piece, sentence, around) => {
        expect(hidden(around + sentence.replace('X', () => piece) + around)).not.toContain(piece)
      }),
    )
  })
})

it('says where in the text as given each removal stands', () => {
  expect(deIdentify('张先生1３800001234,李女士').removals).toEqual([
    { start: 0, end: 1, kind: 'name', replacement: '某' },
    { start: 3, end: 14, kind: 'phone', replacement: '〔电话〕' },
    { start: 15, end: 16, kind: 'name', replacement: '某' },
  ])
})

it('finds nothing more in its own result', () => {
  const text = '我叫李小明,3栋2单元501室,电话13800001234,皖H12345,身份证340803195001011234,微信zs123456'
  expect(deIdentify(hidden(text)).removals).toEqual([])
})

it('takes any text, however long or strange, without stalling', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => typeof hidden(text) === 'string'))
  // Ten times what any field takes: where the time grew faster than the text, this would not end within the test's.
  for (const piece of ['王建', '1', '1-', '栋1', '我住', '张', '一三', 'a@', '电话 ', '微信:', '京A', '3单元'])
    expect(hidden(piece.repeat(200_000 / piece.length)).length).toBeGreaterThan(0)
})
