/** As `encodeURIComponent`, and for the five characters that RFC 3986 reserves but it leaves. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
