export const draftsZh = {
  restored: '已恢复您 {time} 没有提交的内容。',
  again: '清空重填',
  meanwhile: '您填写期间，这件事有了新的变化',
  overtaken: '没有提交：其他人先办了一步，变化见上方。',
  said: '{label}：{value}',
  sendAgain: '您填写的内容都还在。看过之后仍要办理的，请再次提交。',
  tooLate: '您填写的内容都还在，但这一步现在已经不能办了；需要的文字请先复制。',
}
