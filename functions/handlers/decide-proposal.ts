import * as z from "zod/mini";
import { recordingPayments } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerId, BillId } from "../domain/ids.ts";
import { ProposalDecision, ProposalId } from "../domain/proposal.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { parseInput, parseJson } from "../middleware/parse-input.ts";
import { decideProposal } from "../use-cases/decide-proposal.ts";
import { proposalAnswer } from "../use-cases/get-proposals.ts";

const env = environment("decide-proposal");
const ports = recordingPayments(env);
const Path = z.object({ biller: BillerId, proposal: ProposalId });
const Body = z.strictObject({ decision: ProposalDecision, billId: z.exactOptional(BillId) });

export const handler = httpHandler(async ({ params, body }) => {
  const path = parseInput(Path, params, "The path");
  const decision = parseJson(Body, body, "The decision");
  return json(200, proposalAnswer(await decideProposal(ports, { ...path, ...decision })));
});
