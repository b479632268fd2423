const zh = {
  title: '个人信息核对',
  hint: '原文中划线之处不公开。点一下保留，再点一下隐去；选中其他文字，可以一并隐去。',
  strict: '公开的文字不能含个人信息：原文中划线之处已按建议隐去，请看过再提交，或换一种说法。',
  original: '原文',
  removed: '{kind}“{text}”已隐去，改为“{replacement}”，按下保留',
  kept: '{kind}“{text}”保留公开，按下隐去',
  takeOut: '隐去选中的文字',
  counts: '隐去 {count} 处：{kinds}',
  nothing: '没有隐去任何一处',
  keeps: '保留 {count} 处，提交即由您确认可以公开',
  edited: '公开的文字又改过，与这里的标记不同。',
  again: '恢复为标记的样子',
  approved: '公开文字核对',
  approvedRemoved: '隐去 {kinds}',
  approvedKept: '核对后保留 {kinds}',
}

const en: typeof zh = {
  title: 'Personal data',
  hint: 'What is struck out of the original will not be public. Press a place to keep it, again to take it out; select other words to take them out as well.',
  strict:
    'Public texts carry no personal data: what is struck out of the original was replaced as proposed. Read it and send it, or put it in other words.',
  original: 'Original',
  removed: '{kind} “{text}” taken out, reads “{replacement}”; press to keep',
  kept: '{kind} “{text}” stays public; press to take out',
  takeOut: 'Take out the selection',
  counts: '{count} taken out: {kinds}',
  nothing: 'Nothing is taken out',
  keeps: '{count} kept: sending this confirms that they may be public',
  edited: 'The public text was changed since and differs from the marks here.',
  again: 'Back to what is marked',
  approved: 'Public text checked',
  approvedRemoved: 'taken out: {kinds}',
  approvedKept: 'kept: {kinds}',
}

/** What both apps say where a text for the public is looked through for personal data. */
export const reviewWords = { zh, en }
