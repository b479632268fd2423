import type { TextProposal } from '@tongxin/contract'
import { type PersonalKind, type Removal, withRemovals } from '@tongxin/lifecycle'
import { DOOR_RULES } from './door-rules.ts'
import { NAME_RULES } from './name-rules.ts'
import { unmarkedNames } from './unmarked-names.ts'

/**
 * Finds one kind of personal data. The pattern's group `hide` is what gets replaced, the rest is what gives it away;
 * `accept` may refuse a match that only looks like it.
 */
export interface HidingRule {
  kind: PersonalKind
  pattern: RegExp
  replacement: string
  accept?: (match: RegExpExecArray) => boolean
}

const SEPARATOR = String.raw`[\s\-—–·_\u200b]{0,2}`
// With 楚, by which published message files disguise one province's plates.
const PROVINCE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼楚'
// In order: where two rules claim the same characters, the earlier one has them.
const RULES: readonly HidingRule[] = [
  { kind: 'email', pattern: /(?<![\w.+*-])(?<hide>[\w.+*-]{1,64}@[\w*-]+(?:\.[\w-]+)+)/dgi, replacement: '〔邮箱〕' },
  {
    kind: 'id_number',
    pattern:
      /(?<![\dA-Za-z])(?<hide>[1-9]\d{5}(?:1[89]|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx])(?![\dA-Za-z])/dg,
    replacement: '〔证件号〕',
  },
  {
    kind: 'id_number',
    pattern:
      /(?:身份证|证件|护照|社保卡|医保卡)(?:号码?|编号)?[^\dA-Za-z,。;,;\n]{0,4}(?<hide>[A-Za-z]?[\d*]{6,18}[\dXx*])/dg,
    replacement: '〔证件号〕',
  },
  {
    kind: 'bank_card',
    pattern: /(?<![\dA-Za-z])(?<hide>[3-6]\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?)(?!\d)/dg,
    replacement: '〔银行卡号〕',
    accept: (match) => passesLuhn(match.groups?.hide ?? ''),
  },
  {
    kind: 'account',
    pattern: new RegExp(
      '(?:微信|威信|wechat|weixin|v信|vx|wx|qq|扣扣|企鹅|抖音|快手|支付宝|陌陌|钉钉)(?:群|账|帐|用户)?(?:户|名|号码|号|id)?' +
        String.raw`[\s::为是就也同加()“”"]{0,4}(?<hide>[a-z][\w-]{5,19}|[1-9][\d*]{4,14})(?![\w@])`,
      'dgi',
    ),
    replacement: '〔账号〕',
    // “微信12345”, “支付宝180元”: a hotline or a sum of money behind the name of an app is no account.
    accept: (match) =>
      !/^(?:元|万|块|人|年|热线)/.test(match.input.slice(match.index + match[0].length)) &&
      !/^123[0-9]{2}$/.test(match.groups?.hide ?? ''),
  },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`(?<![\d.])(?<hide>(?:\+?86[\s-]?)?1[3-9]\d(?:${SEPARATOR}\d){8})(?!\d)`, 'dg'),
    replacement: '〔电话〕',
  },
  {
    kind: 'phone',
    pattern: /(?<hide>[一幺][三四五六七八九][〇零一幺二两三四五六七八九]{9})/dg,
    replacement: '〔电话〕',
  },
  {
    kind: 'phone',
    pattern: /(?<![\d.-])(?<hide>(?:\(0\d{2,3}\)|0\d{2,3}[\s-])[\s-]?\d{7,8}(?:[-转]\d{1,5})?)(?![\da-z])/dgi,
    replacement: '〔电话〕',
  },
  {
    kind: 'phone',
    pattern:
      /(?:电话|手机|号码|致电|拨打|来电|短信|座机|联系方式|tel|传真|打)[^\d。,;,;\n]{0,6}(?<hide>[1-9]\d{2,3}[\s-]?\d{4}|0\d{9,11})(?![\d年元万人-])/dgi,
    replacement: '〔电话〕',
  },
  {
    // Five signs behind the letter, six with a letter at either end for new energy (GA 36); the number of a list may run on.
    kind: 'plate',
    pattern: new RegExp(
      String.raw`(?<hide>[${PROVINCE}][a-hj-np-z][·•.\s-]?(?=[a-z]{0,5}\d)(?:(?:[a-hjk][a-hj-np-z0-9]\d{4}|\d{5}[a-hjk]|[a-hj-np-z0-9]{5})(?![a-z0-9])|[a-hj-np-z0-9]{4}[学警挂领使港澳]|[a-hj-np-z0-9]{5}(?=\d{1,2}[、.])))`,
      'dgi',
    ),
    replacement: '〔车牌〕',
  },
  {
    kind: 'plate',
    pattern:
      /(?:车牌号码?|车牌|车号)[^\dA-Za-z。,;,;\n]{0,6}(?<hide>(?:[一-龥]?[A-Za-z][·•.\s-]?)?(?=[A-Za-z*]{0,5}\d)[A-Za-z0-9*]{4,6})(?![A-Za-z0-9])/dg,
    replacement: '〔车牌〕',
  },
  ...DOOR_RULES,
  ...NAME_RULES,
]

/** Weights of the Luhn check: of sums and serial numbers nine in ten fail it, of bank cards none. */
const passesLuhn = (number: string): boolean => {
  const digits = number.replace(/\D/g, '')
  if (digits.length < 16 || digits.length > 19) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)
  }
  return sum % 10 === 0
}

/** Full-width letters, digits and signs as their ASCII forms, one for one, so that positions stay. */
const toHalfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e\u3000]/g, (char) =>
    char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  )

const NAMELESS = '某某'

/** Full names and room numbers found, wherever else they stand. */
const repeated = (text: string, removals: readonly Removal[]): HidingRule[] => {
  const patterns = new Map<string, HidingRule>()
  for (const { kind, start, end } of removals) {
    const found = text.slice(start, end)
    const room = kind === 'door' ? /(?<!\d)\d{3,4}(?=(?:号房|室|房)?$)/.exec(found)?.[0] : undefined
    if (kind === 'name' && end - start > 1)
      patterns.set(found, { kind, pattern: new RegExp(found, 'g'), replacement: NAMELESS })
    else if (room !== undefined)
      patterns.set(room, {
        kind: 'door',
        pattern: new RegExp(`(?<![\\d.\\-—])${room}(?:号房|室|房)?(?![\\d.\\-—年月元块米平人名户次路线个万%m㎡])`, 'g'),
        replacement: '〔门牌〕',
      })
  }
  return [...patterns.values()]
}

/**
 * Proposes a text for the public, without phone and ID numbers, plates, e-mail addresses, accounts, door numbers and
 * the names its patterns can recognize, and says where each stood: offsets into the text as it was given, in UTF-16 units.
 * A proposal only: a person reads and approves it before anything is published.
 */
export const deIdentify = (text: string): TextProposal => {
  const readable = toHalfWidth(text)
  const taken = new Uint8Array(text.length)
  const removals: Removal[] = []
  const take = (start: number, end: number, kind: PersonalKind, replacement: string): void => {
    if (end <= start || taken.subarray(start, end).some((mark) => mark === 1)) return
    taken.fill(1, start, end)
    removals.push({ start, end, kind, replacement })
  }
  for (const { kind, pattern, replacement, accept } of RULES)
    for (const match of readable.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.hide ?? [0, 0]
      if (accept === undefined || accept(match)) take(start, end, kind, replacement)
    }
  for (const { start, end } of unmarkedNames(readable)) take(start, end, 'name', NAMELESS)
  // Given away once by what stands beside it, and later said again.
  for (const { kind, pattern, replacement } of repeated(readable, removals))
    for (const { index, 0: match } of readable.matchAll(pattern)) take(index, index + match.length, kind, replacement)
  removals.sort((a, b) => a.start - b.start)
  return { text: withRemovals(text, removals), removals }
}
