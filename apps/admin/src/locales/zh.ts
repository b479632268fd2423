import { ballotWords, figureWords, onSiteWords, ownersVoteWords, reviewWords } from '@tongxin/web'
import { accountsZh, ownAccountZh } from './accounts.zh.ts'
import { auditZh } from './audit.zh.ts'
import { categoriesZh } from './categories.zh.ts'
import { clientsZh } from './clients.zh.ts'
import { clocksZh } from './clocks.zh.ts'
import { cobuildingZh } from './cobuilding.zh.ts'
import { commandsZh, keyboardZh } from './commands.zh.ts'
import { councilZh, proposalZh, proxiesZh, seatsZh } from './council.zh.ts'
import { doublesZh } from './doubles.zh.ts'
import { draftsZh } from './drafts.zh.ts'
import { dutyZh } from './duty.zh.ts'
import { grantsZh } from './grants.zh.ts'
import { householdsZh } from './households.zh.ts'
import { importsZh } from './imports.zh.ts'
import { inboxZh } from './inbox.zh.ts'
import { intakeZh } from './intake.zh.ts'
import {
  actionsZh,
  evaluationZh,
  factsZh,
  foldedZh,
  issuesZh,
  issueZh,
  ordersZh,
  publicWordsZh,
  raisersZh,
  relatedZh,
  timelineZh,
} from './issue.zh.ts'
import { judgingZh } from './judging.zh.ts'
import { mattersZh, viewsZh } from './matters.zh.ts'
import { meetingZh } from './meeting.zh.ts'
import { minutesZh } from './minutes.zh.ts'
import { newsZh } from './news.zh.ts'
import { offlineZh, outboxZh } from './offline.zh.ts'
import { opinionsZh } from './opinions.zh.ts'
import { originsZh } from './origins.zh.ts'
import { ownersZh } from './owners.zh.ts'
import { peopleZh } from './people.zh.ts'
import { phrasesZh } from './phrases.zh.ts'
import { policiesZh } from './policies.zh.ts'
import { exportZh, faultsZh, formZh, photosZh, raiseZh } from './raise.zh.ts'
import { regionsZh } from './regions.zh.ts'
import { reportsZh } from './reports.zh.ts'
import { restingZh } from './resting.zh.ts'
import { calendarZh, invitationsZh, seriesZh } from './series.zh.ts'
import { settingChangesZh } from './setting-changes.zh.ts'
import { settingsZh } from './settings.zh.ts'
import { sheetsZh } from './sheets.zh.ts'
import { sittingsZh } from './sittings.zh.ts'
import { statisticsZh } from './statistics.zh.ts'
import { streetZh } from './street.zh.ts'
import { taskForcesZh } from './task-forces.zh.ts'
import { unitsZh } from './units.zh.ts'
import { workOrdersZh } from './work-orders.zh.ts'
import { workbenchZh } from './workbench.zh.ts'

const words = {
  ballot: ballotWords.zh,
  ownersVote: ownersVoteWords.zh,
  clients: clientsZh,
  clocks: clocksZh,
  doubles: doublesZh,
  drafts: draftsZh,
  offline: offlineZh,
  outbox: outboxZh,
  inbox: inboxZh,
  news: newsZh,
  helpMark: { about: '“{name}”是什么意思', more: '全部词语', page: '帮助' },
  tourOffer: {
    text: '第一次用？花一分钟，看看这里怎么用。',
    start: '看一看',
    decline: '不用了',
    again: '再看一遍介绍',
  },
  intake: intakeZh,
  judging: judgingZh,
  textReview: reviewWords.zh,
  onSite: onSiteWords.zh,
  origins: originsZh,
  matters: mattersZh,
  views: viewsZh,
  workOrders: workOrdersZh,
  owners: ownersZh,
  figures: figureWords.zh,
  reports: reportsZh,
  workbench: workbenchZh,
  resting: restingZh,
  statistics: statisticsZh,
  street: streetZh,
  taskForces: taskForcesZh,
  sittings: sittingsZh,
  units: unitsZh,
  duty: dutyZh,
  settings: settingsZh,
  settingChanges: settingChangesZh,
  policies: policiesZh,
  phrases: phrasesZh,
  grants: grantsZh,
  accounts: accountsZh,
  ownAccount: ownAccountZh,
  people: peopleZh,
  sheets: sheetsZh,
  categories: categoriesZh,
  regions: regionsZh,
  audit: auditZh,
  imports: importsZh,
  households: householdsZh,
  cobuilding: cobuildingZh,
  commands: commandsZh,
  keyboard: keyboardZh,
  app: {
    name: '同心',
    otherLanguage: 'English',
    short: '工作台',
    title: '同心 · 工作台',
    skip: '跳到正文',
    lost: '没有这个页面',
    toIssues: '回到事项列表',
  },
  nav: {
    label: '主导航',
    open: '打开导航',
    close: '关闭导航',
    community: '社区',
    issues: '事项',
    raise: '代为提事',
    meetings: '议事会',
    orders: '工单',
    standing: '保障',
  },
  textSize: { label: '文字大小', standard: '标准', large: '大', extra: '特大', glyph: '文' },
  density: { label: '疏密', comfortable: '宽松', compact: '紧凑' },
  theme: { label: '外观', system: '跟随系统', light: '浅色', dark: '深色' },
  user: { menu: '{name} 的菜单', hall: '居民议事厅', leave: '退出登录' },
  signIn: {
    title: '登录',
    subtitle: '社区工作人员登录',
    username: '账号',
    password: '密码',
    submit: '登录',
    bothNeeded: '请填写账号和密码。',
    forgot: '忘记密码',
    forgotAbout: '用短信验证码登录，登录后设置新密码。',
    byCode: '改用短信验证码',
    byPassword: '改用账号和密码',
    phone: '登记的手机号',
    phoneNeeded: '请填写 11 位手机号。',
    code: '短信验证码',
    codeNeeded: '请填写收到的 6 位验证码。',
    askCode: '获取验证码',
    codeAgain: '重新获取',
    codeWait: '{count} 秒后可重发',
    codeSent: '验证码已发到手机，5 分钟内有效。',
    wait: '（{count} 秒后可再试）',
    ended: '登录已失效，请重新登录。',
    residents: '居民请到 ',
  },
  staffOnly: {
    title: '这里是工作人员的工作台',
    text: '{name}，您好。您的账号没有工作人员授权，不能进入工作台。',
    grants: '如果您是工作人员，请联系社区书记为您授权。',
    toHall: '居民议事厅',
    other: '换一个账号',
  },
  clock: {
    slow: '本机时间慢了 {span}。',
    fast: '本机时间快了 {span}。',
    about: '这里的时间都按服务器的算，请把本机时间校准。',
  },
  loading: {
    waiting: '正在读取……',
    empty: '暂无内容',
    forbidden: '您没有权限查看这里的内容',
    missing: '没有找到，或者您不能查看',
    failed: '没有读取成功',
    someFailed: '有些内容没有读取成功，名称可能先显示为编号。',
    again: '再试一次',
    more: '再看一些',
  },
  problems: { unknown: '出错了，请稍后再试。' },
  punctuation: { comma: '、', clause: '；', labelled: '{label}：{text}', aside: '{text}（{aside}）' },
  time: { days: '{count} 天', hours: '{count} 小时', minutes: '{count} 分钟' },
  due: {
    overdue: '超期 {span}',
    soon: '还剩 {span}',
    none: '无时限',
    notice: '公示至',
    evaluation: '评价至',
    review: '复核于',
  },
  filters: {
    label: '筛选事项',
    all: '全部',
    stage: '阶段',
    state: '状态',
    text: '搜索编号、标题和内容',
    open: '筛选',
    category: '类别',
    grid: '网格',
    urgency: '紧急程度',
    kind: '类型',
    days: '提出日期',
    from: '提出日期起',
    to: '止',
    until: '至',
    overdue: '只看超期',
    mine: '只看我提出的',
    clear: '清除筛选',
    unit: '主办单位',
    building: '楼栋',
    words: '包含文字',
    only: '范围',
  },
  issues: issuesZh,
  issue: issueZh,
  facts: factsZh,
  timeline: timelineZh,
  related: relatedZh,
  folded: foldedZh,
  raisers: raisersZh,
  orders: ordersZh,
  evaluation: evaluationZh,
  actions: actionsZh,
  publicWords: publicWordsZh,
  form: formZh,
  faults: faultsZh,
  photos: photosZh,
  raise: raiseZh,
  export: exportZh,
  council: councilZh,
  seats: seatsZh,
  proxies: proxiesZh,
  proposal: proposalZh,
  minutes: minutesZh,
  meeting: meetingZh,
  opinions: opinionsZh,
  series: seriesZh,
  invitations: invitationsZh,
  calendar: calendarZh,
}

/** The same keys in every language. */
export type Messages = typeof words
export const zh: Messages = words
