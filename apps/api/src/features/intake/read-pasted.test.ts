import { describe, expect, it } from 'vitest'
import { readPasted } from './read-pasted.ts'

/** 21:00 of a Thursday in Beijing. */
const NOW = new Date('2026-11-26T13:00:00Z')
const read = (text: string) => readPasted(text, NOW)
const at = (time: string) => new Date(`${time}+08:00`)
/** Who, when and what, of every draft. */
const said = (text: string) => read(text).matters.map(({ sender, saidAt, body }) => [sender, saidAt, body])

describe('what is pasted out of a group', () => {
  const LAMP = '楼下路灯坏了，晚上看不见'
  const LIFT = '2单元电梯又停了'
  const both = (time: Date | null, later: Date | null) => [
    ['张阿姨', time, LAMP],
    ['3栋李工', later, LIFT],
  ]

  it.each([
    ['Windows and Mac, copied', `张阿姨:\n${LAMP}\n\n3栋李工:\n${LIFT}`, null, null],
    [
      'Mac, with times',
      `张阿姨 2026/11/20 18:32\n${LAMP}\n3栋李工 2026/11/20 18:40\n${LIFT}`,
      '2026-11-20T18:32:00',
      '2026-11-20T18:40:00',
    ],
    [
      'without the year',
      `张阿姨 11-20 18:32:05\n${LAMP}\n3栋李工 12-01 08:00:00\n${LIFT}`,
      '2026-11-20T18:32:05',
      '2025-12-01T08:00:00',
    ],
    [
      'in words',
      `张阿姨 2026年11月20日 下午6:32\n${LAMP}\n3栋李工 昨天 8:05\n${LIFT}`,
      '2026-11-20T18:32:00',
      '2026-11-25T08:05:00',
    ],
    [
      'by weekday',
      `张阿姨 星期三 18:32\n${LAMP}\n3栋李工 周四 08:05\n${LIFT}`,
      '2026-11-25T18:32:00',
      '2026-11-26T08:05:00',
    ],
    [
      'mailed from a phone',
      `聊天记录如下:\n\n————— 2026-11-20 —————\n\n张阿姨  18:32\n\n${LAMP}\n\n————— 2026-11-21 —————\n\n3栋李工  07:10\n\n${LIFT}\n`,
      '2026-11-20T18:32:00',
      '2026-11-21T07:10:00',
    ],
    [
      'the time first',
      `2026-11-20 18:32:05 张阿姨\n${LAMP}\n2026-11-20 18:33:05 3栋李工\n${LIFT}`,
      '2026-11-20T18:32:05',
      '2026-11-20T18:33:05',
    ],
    [
      'on one line each',
      `[2026/11/20 18:32] 张阿姨: ${LAMP}\n[2026/11/20 18:40] 3栋李工：${LIFT}`,
      '2026-11-20T18:32:00',
      '2026-11-20T18:40:00',
    ],
    [
      'with line ends of Windows',
      `张阿姨 11-20 18:32\r\n${LAMP}\r\n3栋李工 11-20 18:40\r\n${LIFT}`,
      '2026-11-20T18:32:00',
      '2026-11-20T18:40:00',
    ],
    [
      'the hour alone, of which the last is meant',
      `张阿姨 18:32\n${LAMP}\n3栋李工 23:30\n${LIFT}`,
      '2026-11-26T18:32:00',
      '2026-11-25T23:30:00',
    ],
  ])('is read as messages: %s', (_, text, first, second) => {
    expect(said(text)).toEqual(both(first ? at(first) : null, second ? at(second) : null))
  })

  it.each([
    ['plain words', '楼道灯坏了\n\n第三天了，没人管'],
    ['a list of one', '问题如下：\n楼道灯坏了'],
    ['a label', '地点：3栋\n时间：2026/11/20 18:32\n楼道灯坏了'],
    ['an unknown shape', '<<张阿姨>> | 18.32 h | 楼道灯坏了'],
    ['tags and pictograms', '<script>alert(1)</script> 楼道灯坏了😀'],
  ])('is one draft of nobody with all the text where it is %s', (_, text) => {
    expect(said(text)).toEqual([[null, null, text]])
  })

  it('takes a name as it is, and no time that is still to come', () => {
    expect(said(`😀<script>阿姨 2026/11/27 18:32\n${LAMP}`)).toEqual([['😀<script>阿姨', null, LAMP]])
    expect(said(`张阿姨 2026/02/30 18:32\n${LAMP}`)).toEqual([['张阿姨', null, LAMP]])
  })

  it('joins what one person says within minutes, across what others only answer, and not after', () => {
    const text = `张阿姨 11-20 18:32\n${LAMP}\n王书记 11-20 18:33\n收到，谢谢\n张阿姨 11-20 18:34\n[图片]\n张阿姨 11-20 18:35\n孩子摔了一跤\n张阿姨 11-20 19:30\n垃圾桶也满了`
    expect(read(text).matters).toMatchObject([
      { body: `${LAMP}\n[图片]\n孩子摔了一跤`, media: 1, saidAt: at('2026-11-20T18:32:00') },
      { body: '垃圾桶也满了', media: 0 },
    ])
    expect(read(text).asides).toMatchObject([{ sender: '王书记', text: '收到，谢谢', kind: 'small_talk' }])
  })

  it('sees small talk, supporters and what the chat itself says, and keeps their words', () => {
    const text = `张阿姨 11-20 18:32\n${LAMP}\n李工 11-20 18:33\n+1\n小赵 11-20 18:33\n我家也是！\n钱姐 11-20 18:34\n👍👍\n"孙师傅"撤回了一条消息\n孙师傅 11-20 18:36\n@王书记 辛苦了[抱拳]`
    const { matters, asides } = read(text)
    expect(matters).toMatchObject([{ body: LAMP, supporters: ['李工', '小赵'] }])
    expect(asides.map(({ text, kind }) => `${kind} ${text}`)).toEqual([
      'support +1',
      'support 我家也是！',
      'small_talk 👍👍',
      'system "孙师傅"撤回了一条消息',
      'small_talk @王书记 辛苦了[抱拳]',
    ])
  })

  it('keeps what a reply answers', () => {
    const text = `李工 11-20 18:33\n「张阿姨：${LAMP}」\n- - - - - - - - - - - - - - -\n我们2单元门口的也不亮`
    expect(said(text)).toEqual([['李工', at('2026-11-20T18:33:00'), `我们2单元门口的也不亮\n「张阿姨：${LAMP}」`]])
  })

  it.each([
    ['3栋反映几个问题：1、路灯不亮；2、垃圾没人来清；3、停车太乱', 3, '3栋反映几个问题：\n垃圾没人来清'],
    ['1. 路灯不亮三天了\n2. 垃圾没人来清', 2, '垃圾没人来清'],
    ['①路灯不亮三天了②垃圾没人来清', 2, '垃圾没人来清'],
    ['（1）路灯不亮三天了（2）垃圾没人来清', 2, '垃圾没人来清'],
    ['一是楼下路灯不亮，二是垃圾没人来清，三是车停在消防通道上', 3, '垃圾没人来清'],
    ['第一，路灯不亮三天了。第二，垃圾没人来清。', 2, '垃圾没人来清。'],
  ])('gives a draft per matter that is counted off: %s', (text, count, second) => {
    const { matters } = read(`张阿姨 11-20 18:32\n${text}`)
    expect(matters).toHaveLength(count)
    expect(matters[1]).toMatchObject({ body: second, sender: '张阿姨', title: '垃圾没人来清' })
  })

  it.each([
    '1、2号楼之间的路灯不亮，3号楼也是',
    '路面塌了1.5米宽，2.0米深的坑',
    '强烈反对装充电桩，理由如下：1、离住宅太近不安全。2、占用消防通道不合规。',
    '一是太吵',
  ])('takes one matter for one: %s', (text) => {
    expect(said(text)).toEqual([[null, null, text]])
  })

  it.each([
    ['大家好，请问一下，3栋2单元502室门口的灯坏了，我是王建国，电话13812345678', /^3栋.*灯坏了/],
    [
      '@王书记 您好！我想反映一下，楼上漏水到我家厨房天花板，已经一个星期了，物业说不归他们管',
      /^楼上漏水到我家厨房天花板$/,
    ],
    ['[图片] 污水井盖坏了，老人小孩经过很危险', /^污水井盖坏了，老人小孩经过很危险$/],
    ['👍', /^$/],
  ])('proposes a title without greeting or personal data: %s', (text, title) => {
    const { matters, asides } = read(text)
    const proposed = matters[0]?.title ?? ''
    expect(proposed).toMatch(title)
    expect(proposed).not.toMatch(/13812345678|王建国|502/)
    expect([...proposed].length).toBeLessThanOrEqual(30)
    expect(matters.length + asides.length).toBe(1)
  })

  it('loses no word, whatever is put together, and ends soon on any text', () => {
    const parts = [
      '张阿姨:',
      '张阿姨 18:32',
      '2026-11-20',
      '路灯坏了',
      '[图片]',
      '+1',
      '「a」',
      '- - - - - -',
      '1、水管漏水了',
      '2、电梯停了',
      '收到',
      '',
      '撤回了一条消息',
      '一是',
    ]
    let seed = 7
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed
    }
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 1 + (next() % 12) }, () => parts[next() % parts.length]).join('\n')
      const { matters, asides } = read(text)
      const kept = JSON.stringify([matters, asides])
      for (const word of ['路灯坏了', '水管漏水了', '电梯停了', '收到', '+1'])
        expect(kept.includes(word)).toBe(text.includes(word))
    }
    for (const long of ['哈好谢', '1、', '「', '张 ', `${'a'.repeat(79)}\n`])
      expect(() => read(long.repeat(50_000 / long.length))).not.toThrow()
  })

  it('reads long rows of one sign as quickly as anything else', () => {
    const row = `${'哈'.repeat(23)}甲`
    const text = Array.from({ length: 500 }, () => `张三 2026/11/20 10:00\n${row}`).join('\n')
    expect(JSON.stringify(read(text))).toContain(row)
  })
})
