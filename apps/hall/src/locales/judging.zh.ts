export const judgingZh = {
  first: '首次评价（第 {round} 轮）',
  nobody: '还没有人评价。未评价不等于满意。',
  people: '{count} 人',
  rule: '一人只计入一个群体：提出人、附议人、议事会成员、居民依次优先；代填的单列。',
  comma: '、',
  groups: { raiser: '提出人', endorser: '附议人', council: '议事会成员', resident: '居民', helped: '他人代填' },
  complained: '投诉的是哪个单位',
  noUnit: '不针对单位，或不清楚',
  protected: '被投诉的单位不参与办理、核查和回访，也看不到您是谁。',
  relayed: '投诉一律不向办理单位提供您的联系方式，由社区转达。',
}
