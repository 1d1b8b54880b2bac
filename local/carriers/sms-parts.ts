const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extension = new Set("^{}\\[~]|€\f");

/** Whether a text needs no more than GSM-7 and its extension (3GPP TS 23.038). */
export const isGsm7 = (text: string): boolean =>
  [...text].every((character) => basic.has(character) || extension.has(character));

/** The number of parts an SMS is billed as: GSM-7 160 alone or 153 joined, UCS-2 70 alone or 67 joined (3GPP TS 23.038, 23.040). */
export const smsParts = (text: string): number => {
  let septets = 0;
  for (const character of text) {
    const width = basic.has(character) ? 1 : extension.has(character) ? 2 : undefined;
    if (width === undefined) return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
    septets += width;
  }
  return septets <= 160 ? 1 : Math.ceil(septets / 153);
};
