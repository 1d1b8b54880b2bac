import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import type { Channel } from "../domain/ids.ts";
import { htmlReply, type PageReply } from "./replies.ts";
import { unsubscribedPage, unsubscribePage } from "./unsubscribe-page.ts";

type Named = { readonly bill: Bill; readonly biller: Biller; readonly channel: Channel };

/** Answers an unsubscribe link: the page that asks, or after its button the one that says it is done. */
export function optOutReply({ bill, biller, channel }: Named, state: "asked" | "stopped"): PageReply {
  const about = { billerName: biller.name, channel, language: bill.customer.language };
  return htmlReply(200, state === "asked" ? unsubscribePage(about) : unsubscribedPage(about));
}
