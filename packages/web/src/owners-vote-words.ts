const zh = {
  states: {
    posted: '公告中',
    open: '投票中',
    counting: '截止，待计票',
    passed: '通过',
    failed: '未通过',
    withdrawn: '已撤回',
  },
  posted: '公告 {time}',
  window: '投票 {opens} 至 {closes}',
  resultDue: '结果须在 {time} 前公布',
  overdue: '结果公布已超期',
  objectionsUntil: '刚计入的纸质票异议期至 {time}，之后计票',
  countedAt: '计票 {time}',
  roll: '公告时固定的名册：{heads}，{flats} 套房屋，共 {area}',
  turnout: '已投票：{heads}，{area}',
  headsOf: { owners: '业主 {count} 人', households: '{count} 户' },
  result: '结果',
  side: '意见',
  sides: { for: '赞成', against: '反对', abstain: '弃权', silent: '未投' },
  columns: { owners: '人数', households: '户数', area: '专有部分面积' },
  checks: '逐项核对',
  checkNames: {
    participation: { owners: '参与表决的人数', households: '参与表决的户数', area: '参与表决的面积' },
    agreement: { owners: '同意的人数', households: '同意的户数', area: '同意的面积' },
  },
  over: '须超过 {n}/{d}',
  atLeast: '须达到 {n}/{d}',
  reached: '达到',
  missed: '未达到',
  basis:
    '先看参与：人数和面积都须达到规定的份额；再看同意：占参与表决的比例。弃权算参与，不算同意；没有投票的不算参与，也不算同意。',
  byProxy: { owners: '其中 {count} 人由登记的受托人投票。', households: '其中 {count} 户由登记的受托人投票。' },
  papersOpen: '另有 {count} 张纸质票两次录入不一致，没有计入。',
  rollBasis: '一人拥有几套房屋算一人，几人共有一套算一人，未售房屋归建设单位算一人；车位、储藏室不计。',
}

const en: typeof zh = {
  states: {
    posted: 'Notice given',
    open: 'Voting',
    counting: 'Closed, to be counted',
    passed: 'Passed',
    failed: 'Failed',
    withdrawn: 'Withdrawn',
  },
  posted: 'Notice {time}',
  window: 'Voting {opens} to {closes}',
  resultDue: 'Result due by {time}',
  overdue: 'The result is overdue',
  objectionsUntil: 'Objections to papers counted last until {time}; counted after that',
  countedAt: 'Counted {time}',
  roll: 'Roll frozen with the notice: {heads}, {flats} flats, {area} in all',
  turnout: 'Voted: {heads}, {area}',
  headsOf: { owners: '{count} owner | {count} owners', households: '{count} household | {count} households' },
  result: 'Result',
  side: 'Choice',
  sides: { for: 'For', against: 'Against', abstain: 'Abstained', silent: 'Did not vote' },
  columns: { owners: 'Owners', households: 'Households', area: 'Exclusive area' },
  checks: 'Part by part',
  checkNames: {
    participation: {
      owners: 'Owners who took part',
      households: 'Households that took part',
      area: 'Area that took part',
    },
    agreement: { owners: 'Owners in favour', households: 'Households in favour', area: 'Area in favour' },
  },
  over: 'more than {n}/{d}',
  atLeast: 'at least {n}/{d}',
  reached: 'reached',
  missed: 'not reached',
  basis:
    'First who took part, by owners and by area; then who agreed, of those who took part. To abstain is to take part, not to agree; not to vote is neither.',
  byProxy: {
    owners: '{count} of the owners voted by a proxy on record.',
    households: '{count} of the households voted by a proxy on record.',
  },
  papersOpen: '{count} more papers were not read alike by two, and are not counted.',
  rollBasis:
    'One owner of several flats counts once, so do joint owners, and the developer for what is unsold; parking and storage do not count.',
}

/** What both apps say of an owners' vote and its result. */
export const ownersVoteWords = { zh, en }
