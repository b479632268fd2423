import sharp from 'sharp'
const [f,x,y,w,h,o,s]=process.argv.slice(2)
await sharp(f).extract({left:+x!,top:+y!,width:+w!,height:+h!}).resize({width:Math.round(+w!*Number(s??1))}).png().toFile(o!)
