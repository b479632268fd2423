export const originsZh = {
  title: '照片的时间和地点',
  hint: '照片自带的拍摄时间和地点、核查时的手机定位，只给工作人员作凭据。查看须写明用途，并留审计记录。',
  purpose: '查看用途',
  show: '查看',
  none: '没有记录到时间和地点',
  photo: '照片（记录 #{seq}）',
  phone: '手机定位（记录 #{seq}）',
  unknown: '没有记录',
}
