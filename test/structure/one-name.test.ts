import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { needs } from "../../functions/config.ts";

const namesIn = (folder: string): string[] =>
  readdirSync(new URL(`../../${folder}`, import.meta.url))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"));

/** Behaviors that only forward to one port, so that a use case would add nothing. */
const forwarding = new Set(["get-biller", "receive-sms-log"]);

/** One use case with a handler per channel, since each has its queue, role and bundle. */
const useCaseOf = (handler: string): string =>
  handler.startsWith("send-notification-") ? "send-notification" : handler;

const handlers = namesIn("functions/handlers");
const useCases = namesIn("functions/use-cases");
const source = (folder: string, name: string): string =>
  readFileSync(new URL(`../../${folder}/${name}.ts`, import.meta.url), "utf8");

describe("one name per behavior", () => {
  it("every handler is one that the environment contract knows, and the other way round", () => {
    expect(handlers.toSorted()).toEqual(Object.keys(needs).toSorted());
    expect(handlers.length).toBeGreaterThan(10);
  });

  it.each(handlers.filter((name) => !forwarding.has(name)))("%s has a use case of its name and calls it", (handler) => {
    const useCase = useCaseOf(handler);
    expect(useCases).toContain(useCase);
    expect(source("functions/handlers", handler)).toContain(`../use-cases/${useCase}.ts`);
  });

  it.each(handlers)("%s is at most 25 lines long and reads its own environment", (handler) => {
    const text = source("functions/handlers", handler);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
    expect(text).toContain(`environment("${handler}")`);
  });

  it.each(useCases)("the use case %s has a test of its name, or is a part of others", (useCase) => {
    const isBehavior = handlers.map(useCaseOf).includes(useCase);
    const users = useCases.filter(
      (other) => other !== useCase && source("functions/use-cases", other).includes(`./${useCase}.ts`),
    );
    const tested = existsSync(new URL(`../functions/use-cases/${useCase}.test.ts`, import.meta.url));
    expect(isBehavior ? tested : users.length > 0).toBe(true);
  });
});
