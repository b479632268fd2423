// How many characters each text that a route takes may have. Made from the contract by `npm run openapi`; not to be edited.
export const sessions = {
  signIn: { username: 64, password: 200 },
} as const
export const accounts = {
  setPassword: { newPassword: 200, currentPassword: 200 },
  listAccounts: { q: 40 },
  lockAccount: { reason: 300 },
  unlockAccount: { reason: 300 },
  endSessions: { reason: 300 },
  removePassword: { reason: 300 },
} as const
export const issues = {
  listIssues: { state: 400, text: 50 },
  countIssuesByRegion: { state: 400, text: 50 },
  raiseIssue: { title: 200, body: 20000, regionCode: 20, place: 200, raiser: { name: 50 }, uploadToken: 200 },
  revealContacts: { purpose: 200 },
  revealOrigins: { purpose: 200 },
} as const
export const issueActions = {
  accept: { publicTitle: 200, publicText: 5000 },
  answer: { result: 5000, publicTitle: 200, publicText: 5000 },
  decline: { explanation: 5000 },
  refer: { recipientNumber: 100, explanation: 5000 },
  recall: { reason: 5000 },
  appeal: { personalReason: 5000 },
  merge: { reason: 5000 },
  split: { reason: 5000 },
  withdraw: { personalReason: 5000 },
  unschedule: { reason: 5000 },
  defer: { reason: 5000 },
  dismiss: { publicExplanation: 5000 },
  dispatch: { coUnits: { task: 500 }, instructions: 5000 },
  return: { reason: 5000 },
  reassign: { reason: 5000, coUnits: { task: 500 }, instructions: 5000 },
  suspend: { reason: 5000 },
  submit: { result: 5000 },
  reject: { reason: 5000 },
  publicize: { result: 5000, publicTitle: 200, publicText: 5000 },
  rectify: { reason: 5000 },
  reopen: { reason: 5000, evidence: 5000 },
  contact: { text: 5000 },
  comment: { text: 5000 },
  note: { text: 5000 },
  urge: { text: 5000 },
  reclassify: { publicTitle: 200, publicText: 5000, reason: 5000 },
  request_extension: { reason: 5000 },
  decide_extension: { reason: 5000 },
  progress: { progressText: 5000, recipientNumber: 100, outcome: 5000 },
  add_part: { instructions: 5000 },
  return_part: { reason: 5000 },
  request_part_extension: { reason: 5000 },
  decide_part_extension: { reason: 5000 },
  finish_part: { result: 5000 },
  waive: { reason: 5000 },
  verify: { finding: 5000, place: 200 },
  object: { personalReason: 5000 },
  answer_objection: { answer: 5000 },
  evaluate: { comment: 5000 },
  call_back: { text: 5000 },
  follow_up: { text: 5000 },
  contest_rating: { reason: 5000 },
  decide_contest: { reason: 5000 },
  escalate: { reason: 5000 },
  report_in: { progressText: 5000 },
  supervise: { order: 5000 },
  reply_supervision: { answer: 5000 },
  erase_personal: { reason: 5000 },
} as const
export const intake = {
  readPastedMessages: { text: 50000 },
  findSimilarMatters: { title: 200, body: 20000, regionCode: 20 },
} as const
export const council = {
  createMeeting: { title: 100, place: 100 },
  changeMeeting: { title: 100, place: 100, shortNoticeReason: 200 },
  announceMeeting: { shortNoticeReason: 200 },
  checkIn: { code: 20 },
  handOverMeeting: { reason: 200 },
  cancelMeeting: { reason: 500 },
  setAgenda: { items: { presenter: { affiliation: 50, name: 50 }, title: 100, text: 2000 } },
  attachPapers: { papers: { title: 100 } },
  noteItem: { text: 5000 },
  createMeetingSeries: { title: 100, place: 100 },
  changeMeetingSeries: { title: 100, place: 100 },
  answerInvitation: { note: 200 },
  proposeMotion: { text: 2000, proposal: { budgetSource: 200 } },
  moveAmendment: { text: 2000 },
  withdrawMotion: { reason: 500 },
  reviseMinutes: { notes: { text: 5000 }, remarks: 5000 },
  takeBackMinutes: { reason: 500 },
  proposeAmendment: { text: 1000 },
  answerAmendment: { reply: 1000, note: 5000 },
} as const
export const opinions = {
  raiseStatement: { text: 140 },
  changeStatement: { text: 140 },
  decideStatement: { reason: 200 },
} as const
export const taskForces = {
  createTaskForce: { name: 60, purpose: 1000 },
  changeTaskForce: { name: 60, purpose: 1000 },
  addMilestone: { title: 100 },
  changeMilestone: { title: 100 },
  reachMilestone: { note: 500 },
  closeTaskForce: { result: 2000 },
} as const
export const sittings = {
  createSitting: { place: 100 },
  changeSitting: { place: 100 },
  putOffMatter: { note: 500 },
  cancelSitting: { reason: 500 },
} as const
export const regions = {
  addRegion: { name: 60 },
  changeRegion: { name: 60 },
} as const
export const categories = {
  addCategory: { class: 30, name: 30 },
  changeCategory: { name: 30, reason: 300 },
} as const
export const clocks = {
  setCalendarDay: { reason: 100 },
} as const
export const exports = {
  exportIssues: { state: 400, text: 50, purpose: 200 },
} as const
export const people = {
  registerPerson: { name: 50 },
  changePerson: { name: 50 },
  revealPerson: { purpose: 200 },
} as const
export const doubles = {
  mergePeople: { reason: 300 },
} as const
export const households = {
  addHousehold: { door: 30 },
  changeHousehold: { door: 30 },
  bindMyself: { code: 40 },
} as const
export const owners = {
  ruleOverlap: { reason: 500 },
  putToOwners: { text: 2000, proposal: { budgetSource: 200 } },
  appointProxy: { name: 50 },
} as const
export const units = {
  addUnitContact: { name: 50, post: 40 },
  changeUnitContact: { name: 50, post: 40 },
  revealUnitContact: { purpose: 200 },
  addUnit: { name: 60 },
  changeUnit: { name: 60 },
  revealUnit: { purpose: 200 },
} as const
export const duty = {
  standIn: { reason: 200 },
  handOverDuty: { note: 1000 },
} as const
export const cobuilding = {
  addCobuildingItem: { title: 60, detail: 1000 },
  changeCobuildingItem: { title: 60, detail: 1000 },
  startCobuildingProject: { title: 60, plan: 1000 },
  closeCobuildingProject: { result: 1000, figures: { name: 20, unit: 8 } },
} as const
export const grants = {
  requestGrant: { reason: 300 },
  refuseGrant: { reason: 300 },
  revokeGrant: { reason: 300 },
} as const
export const clients = {
  registerClient: { name: 40, operator: 60, reason: 300 },
  refuseClient: { reason: 300 },
  revokeClient: { reason: 300 },
} as const
export const policies = {
  setPolicy: { reason: 300 },
} as const
export const phrases = {
  setPhrases: { items: { text: 500 } },
} as const
export const imports = {
  startImport: { map: 5000, sheet: 100 },
} as const
export const views = {
  saveView: {
    name: 30,
    filters: {
      state: 400,
      stage: 400,
      kind: 400,
      category: 400,
      grid: 400,
      building: 400,
      urgency: 400,
      overdue: 400,
      mine: 400,
      unit: 400,
      text: 400,
      raisedFrom: 400,
      raisedBefore: 400,
      order: 400,
    },
  },
  changeView: {
    name: 30,
    filters: {
      state: 400,
      stage: 400,
      kind: 400,
      category: 400,
      grid: 400,
      building: 400,
      urgency: 400,
      overdue: 400,
      mine: 400,
      unit: 400,
      text: 400,
      raisedFrom: 400,
      raisedBefore: 400,
      order: 400,
    },
  },
} as const
export const reports = {
  downloadReport: { purpose: 200 },
} as const
