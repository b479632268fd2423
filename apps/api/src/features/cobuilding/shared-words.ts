/** What every offer and every need says, and tells nothing of what they are about. */
const EVERYWHERE: ReadonlySet<string> = new Set(
  `社区 居民 小区 提供 可以 需要 希望 每周 每月 免费 我们 单位 活动 服务 时间 一次 一个 上午 下午 晚上 使用 安排 开展 组织`.split(
    /\s+/,
  ),
)
const MEANINGFUL = /[\p{L}\p{N}]/u
const MOST = 6

/** The longest stretches of letters that both texts hold, of two signs or more, in the order of the first; none that is part of another. */
export function sharedWords(first: string, second: string): string[] {
  const signs = [...first]
  const found: string[] = []
  for (let begin = 0; begin < signs.length && found.length < MOST; ) {
    let end = begin
    while (
      end < signs.length &&
      MEANINGFUL.test(signs[end] ?? '') &&
      second.includes(signs.slice(begin, end + 1).join(''))
    )
      end++
    const word = signs.slice(begin, end).join('')
    if (end - begin >= 2 && !EVERYWHERE.has(word) && !found.includes(word)) found.push(word)
    begin = Math.max(end, begin + 1)
  }
  return found.filter((word) => !found.some((other) => other !== word && other.includes(word)))
}
