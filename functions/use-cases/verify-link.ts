import { pagePath } from "../domain/page-view.ts";
import { pastedLink, type VerifiedLink } from "../domain/pasted-link.ts";
import { visibleText } from "../domain/visible-text.ts";
import { billerUnder, findBill, type LinkPorts } from "./find-bill.ts";

/** Says whose a link, a bare code or the first link in a message is, and nothing of the bill behind it; an unknown one takes the same reads. */
export async function verifyLink(
  ports: LinkPorts,
  question: { readonly text: string; readonly linkBaseUrl: string },
): Promise<VerifiedLink> {
  const linkHost = new URL(question.linkBaseUrl).host;
  const pasted = pastedLink(question.text, question.linkBaseUrl);
  if (!pasted) return { outcome: "not-asked", linkHost };
  if (pasted.kind === "foreign") return { outcome: "foreign", host: visibleText(pasted.host), linkHost };
  const bill = await findBill(ports, pasted);
  const biller = bill && (await billerUnder(ports, bill, pasted.header));
  if (!bill || !biller) return { outcome: "unknown", linkHost };
  return { outcome: "genuine", billerName: visibleText(biller.name), path: pagePath(biller, bill.code), linkHost };
}
