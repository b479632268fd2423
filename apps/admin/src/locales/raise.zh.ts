export const formZh = {
  choose: '请选择',
  time: '选择日期和时间',
  yes: '是',
  no: '否',
  cancel: '取消',
  save: '保存',
  unit: '单位',
  task: '分工要求',
  addUnit: '添加协办单位',
  outcome: '成效',
  amount: '数量',
  addOutcome: '添加一项',
  remove: '移除',
  searchIssue: '输入文字查找事项',
  dueByRule: '不填就按规定办到 {due}，也可以另选日期。',
  duePromised: '已经承诺办到 {due}，不填就照此办。',
  nothing: '没有可选的',
}

export const faultsZh = {
  required: '请填写',
  choose: '请选择',
  too_long: '太长了',
  incomplete: '请填写完整',
  phone: '请填写 11 位手机号码',
}

export const photosZh = {
  title: '照片',
  one: '照片 {at}',
  enlarge: '放大照片 {at}',
  remove: '移除照片 {at}',
  missing: '照片无法显示',
  add: '添加照片',
  sending: '正在上传 {count} 张',
  rule: '最多 {max} 张，每张 10 MB 以内；拍摄位置会自动去除。',
}

export const raiseZh = {
  done: '已登记，编号 {number}',
  respondBy: '社区最迟 {time} 前答复。',
  tracking: '请把这个查询链接告诉提出人：',
  open: '查看这件事',
  another: '再登记一件',
  intro: '居民打电话、来访或在群里反映的事，请如实代为登记；谁提出、谁录入都会留下记录。',
  channel: '怎么反映的',
  name: '提出人姓名',
  phone: '提出人手机',
  consent: '同意把联系方式提供给办理单位',
  anonymous: '对公众匿名',
  visibility: '公开范围',
  public: '公开',
  private: '不公开',
  title: '标题',
  where: '网格或楼栋',
  place: '具体地点',
  complained: '投诉的是哪个单位',
  complainedHint: '被投诉的单位不参与办理、核查和回访，也看不到提出人是谁；投诉不提供联系方式，由社区转达。',
  later: '受理时确定',
  submit: '登记',
}

export const exportZh = {
  open: '导出',
  title: '导出事项',
  text: '按现在的筛选条件和所选的列导出为 CSV 文件，可用表格软件打开。每次导出都留有记录。',
  whole: '导出全部内容，不限于所选的列',
  personal: '一并导出提出人姓名和电话',
  purpose: '用途',
  purposeNeeded: '请写明导出个人信息的用途。',
  start: '导出',
  progress: '已导出 {count} 件……关闭此窗口即停止。',
}
