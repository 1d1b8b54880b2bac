import type { Device } from "../../functions/domain/device.ts";
import { linkReply, type PageReply, paymentReply } from "../../functions/pages/replies.ts";
import type { PageLanguage } from "../functions/pages/page-languages.ts";
import { desktop, inLanguage, type SceneName, sceneOf, viewOf } from "../functions/pages/page-states.ts";

/** What is answered in a scene, on the scene's own device or else on the one told. */
export function replyIn(name: SceneName, language: PageLanguage, device: Device = desktop): PageReply {
  const scene = inLanguage(sceneOf(name), language);
  const view = viewOf({ device, ...scene });
  return scene.refusal
    ? paymentReply({ outcome: "refused", refusal: scene.refusal, view })
    : linkReply({ outcome: "found", view });
}
