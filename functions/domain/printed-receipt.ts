/** A name and what it is, as a line of a receipt; `small` stands beneath the name. */
export type ReceiptLine = { readonly name: string; readonly value: string; readonly small?: string };

/** A receipt in the words of its reader's language, ready to be set on paper: amounts and dates are text. */
export type PrintedReceipt = {
  readonly language: string;
  readonly billerName: string;
  readonly heading: string;
  /** Where the bill stands: `Paid`. */
  readonly state: string;
  /** What the bill is for. */
  readonly title: string;
  /** The one amount that matters, what it is, and the sentence that goes with it. */
  readonly total: ReceiptLine;
  readonly sentence: string;
  readonly notes: readonly string[];
  readonly sections: readonly { readonly heading?: string; readonly lines: readonly ReceiptLine[] }[];
  /** What to do with the link, and the link: the page of the bill. */
  readonly footer: string;
  readonly link: string;
};
