import { expect, it } from "vitest";
import { DeskEventName } from "../../functions/domain/biller-told.ts";
import { deskEvents } from "../../lib/biller-events.ts";

it("hands on to the desk every event that a biller may ask for", () => {
  expect([...deskEvents].sort()).toEqual([...DeskEventName.options].sort());
});
