/** What stands in a text for what cannot be copied with it. */
const MEDIA =
  /\[(?:图片|照片|视频|语音|文件|链接|位置|小程序|聊天记录|动画表情|表情|Photo|Image|Video|Voice|Audio|File|Sticker)\](?:[^\S\n]?\d{1,3}["”″秒])?/giu
/** WeChat ends a mention with a space of its own (U+2005). */
const MENTION = /@[^\s\u2005@，,。:：]{1,30}(?:[\s\u2005]|$)/gu
/** The names WeChat gives to its faces: `[微笑]`, `[ThumbsUp]`. */
const FACE = /\[(?:[\p{Script=Han}]{1,4}|[A-Za-z]{2,12})\]/gu
const PICTOGRAM = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/gu

export const mediaIn = (text: string): number => text.match(MEDIA)?.length ?? 0

/** The words alone: no pictures, faces or names that are called. */
export const wordsOf = (text: string): string =>
  text.replace(MEDIA, '').replace(MENTION, '').replace(FACE, '').replace(PICTOGRAM, '').trim()

const MOST_OF_SMALL_TALK = 24
// What repeats is repeated once, by the group: a repetition within it would try every way to cut a long row of one sign.
const SMALL_TALK =
  /^(?:收到|好的?|好滴|好嘞|嗯|哦|噢|哈|呵|ok|okay|行|可以|(?:非常|多|太)?(?:谢谢?|感谢)(?:大家|书记|主任|社区|物业|师傅|老师|领导|各位|您|你们?|了|啦)*|辛苦(?:了|啦|大家|社区|师傅|您|你们?)*|(?:我们?|已经)?(?:知道|明白|了解)(?:了|啦)?|是的|是啊|对的?|对啊|没错|早|(?:早上|上午|中午|下午|晚上|大家|您|你)好|晚安|在吗|在不在|点?赞|棒|厉害|给力|不客气|不用谢|没事|没关系|1|666)+$/iu
const SUPPORT =
  /^(?:\+[1一]|加[1一]|[同](?:求|问|感|上|意)|附议|(?:强烈|坚决|非常)?(?:支持|赞同|同意)|顶|一样的?|(?:我|我们|我家|我们家|这边|我们这边|俺家)?也(?:是|一样|有|遇到|碰到|这样|如此|反映过?|想反映)(?:这样|一样|这个问题|的|了|啊)*)+$/u

export type Talk = 'small_talk' | 'support' | 'media'

/** What a message is that names no matter; null for one that may. */
export const talkIn = (text: string): Talk | null => {
  const bare = wordsOf(text).replace(/[^\p{L}\p{N}+]/gu, '')
  if (bare === '') return mediaIn(text) > 0 ? 'media' : 'small_talk'
  if (bare.length > MOST_OF_SMALL_TALK) return null
  if (SUPPORT.test(bare)) return 'support'
  return SMALL_TALK.test(bare.replaceAll('+', '')) ? 'small_talk' : null
}
