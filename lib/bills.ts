import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { alarmOnDeadLetters } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { incoming, toFunction } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";
import { deadLetterQueue } from "./queues.ts";

const timeout = Duration.seconds(10);
const bill = "/v1/billers/{biller}/bills/{bill}";

/** Billers, and bills in: by the API, and `bill.issued` and `bill.canceled` on the bus. */
export class Bills extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Bills");
    const { table, links, bus } = variables(foundation);
    const { api } = foundation;

    const putBiller = new ServiceFunction(this, foundation, { handler: "put-biller", timeout, environment: table });
    addSignedRoute(api, { method: "PUT", path: "/v1/billers/{biller}", target: putBiller });

    const getBiller = new ServiceFunction(this, foundation, { handler: "get-biller", timeout, environment: table });
    addSignedRoute(api, { method: "GET", path: "/v1/billers/{biller}", target: getBiller });

    const deadLetters = deadLetterQueue(this, "BillEventDeadLetters");
    alarmOnDeadLetters(deadLetters, foundation.alarms, {
      name: "bill-event-dead-letters",
      impact: "A bill issued or canceled on the bus did not take effect: it is not announced, or is still reminded of.",
      remedy: "Read the error in the log of register-bill or cancel-bill, then put the event on the bus again.",
    });

    const registerBill = new ServiceFunction(this, foundation, {
      handler: "register-bill",
      timeout,
      environment: { ...table, ...links, ...bus },
      deadLetters,
    });
    addSignedRoute(api, { method: "PUT", path: bill, target: registerBill });
    incoming(this, foundation.bus, { types: ["bill.issued"], target: toFunction(registerBill, deadLetters) });

    const getBill = new ServiceFunction(this, foundation, {
      handler: "get-bill",
      timeout,
      environment: { ...table, ...links },
    });
    addSignedRoute(api, { method: "GET", path: bill, target: getBill });

    const cancelBill = new ServiceFunction(this, foundation, {
      handler: "cancel-bill",
      timeout,
      environment: { ...table, ...links, ...bus },
      deadLetters,
    });
    addSignedRoute(api, { method: "POST", path: `${bill}/cancel`, target: cancelBill });
    incoming(this, foundation.bus, { types: ["bill.canceled"], target: toFunction(cancelBill, deadLetters) });
  }
}
