import type { App } from "aws-cdk-lib";
import type { JsonObject } from "./json.ts";
import { cachedSynthesis } from "./synthesis-cache.ts";
import type { SynthesizedApp } from "./template.ts";

/** The path under the laptop's address where WhatsApp's Graph API is played. */
export const graphPath = "/sandbox/graph";

/** The path under which gateways are played: `/razorpay`, `/stripe`, `/mercado-pago` and `/pix` come behind it. */
export const gatewaysPath = "/sandbox/gateways";

const region = "ap-south-1";

/** The path to which every call goes that leads to an address a biller gave; its `host` header says which one was meant. */
export const outboundPath = "/sandbox/outbound";

/** Stands for the laptop's address in kept templates, since its port is known only at the start. */
const placeholder = "http://laptop.invalid";

/** A CDK app as the laptop takes it, synthesized in this process. */
export function synthesized(app: App, stage: string): SynthesizedApp {
  return {
    stage,
    region,
    stacks: app.synth().stacks.map((stack) => ({ name: stack.stackName, template: stack.template as JsonObject })),
  };
}

async function synthesizeLocalStage(): Promise<SynthesizedApp> {
  const { buildApp } = await import("../lib/app.ts");
  const overrides = {
    linkBaseUrl: placeholder,
    whatsapp: { baseUrl: `${placeholder}${graphPath}`, apiVersion: "v24.0" },
    outbound: `${placeholder}${outboundPath}`,
    gateways: {
      razorpayBaseUrl: `${placeholder}${gatewaysPath}/razorpay/v1`,
      stripeBaseUrl: `${placeholder}${gatewaysPath}/stripe/v1`,
      mercadoPagoBaseUrl: `${placeholder}${gatewaysPath}/mercado-pago/v1`,
    },
  };
  return synthesized(buildApp({ stage: "local", bundle: false, overrides }), "local");
}

/** Duebell's own stacks for the stage `local`, with the laptop's addresses in place of the public ones. */
export async function synthesizeDuebell(origin: string): Promise<SynthesizedApp> {
  const kept = await cachedSynthesis(["lib", "functions/config.ts"], synthesizeLocalStage);
  return JSON.parse(JSON.stringify(kept).replaceAll(placeholder, origin)) as SynthesizedApp;
}
