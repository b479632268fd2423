const zh = {
  title: '办理前后',
  before: '办理前',
  after: '办理后',
  noneBefore: '没有办理前的照片',
  noneAfter: '还没有办理后的照片',
  photo: '{side}照片 {at}',
  position: {
    find: '用手机定位',
    finding: '正在定位……',
    found: '已定位：{latitude}，{longitude}',
    again: '重新定位',
    drop: '不用定位',
    hint: '只作现场核查的凭据，加密保存，不公开。',
    refused: '没有得到定位许可，可以只填写地点。',
    failed: '定位没有成功，可以只填写地点。',
  },
}

const en: typeof zh = {
  title: 'Before and after',
  before: 'Before',
  after: 'After',
  noneBefore: 'No photo from before',
  noneAfter: 'No photo of the result yet',
  photo: '{side}: photo {at}',
  position: {
    find: 'Use the phone’s position',
    finding: 'Finding the position…',
    found: 'Position: {latitude}, {longitude}',
    again: 'Find again',
    drop: 'Without a position',
    hint: 'Evidence of the check on site alone: kept encrypted, not public.',
    refused: 'The position was not permitted; the place in words will do.',
    failed: 'The position was not found; the place in words will do.',
  },
}

/** What both apps say of a check on site and of what it shows. */
export const onSiteWords = { zh, en }
