/** Hundredths of a square metre as they are read: `1,234.50 m²`. */
export const squareMetres = (hundredths: number): string =>
  `${(hundredths / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} m²`
