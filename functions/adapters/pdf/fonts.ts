import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The scripts that have a font of their own here; every one of the fonts writes Latin letters and digits too. */
const scripts = ["bengali", "devanagari", "tamil"] as const;
/** A script by the name of its font. */
export type Script = (typeof scripts)[number];

/** The font files that go beside the bundle of whoever makes PDFs, by the name they have there. */
export const fontFiles: Readonly<Record<Script, string>> = {
  bengali: "NotoSansBengali_400Regular.ttf",
  devanagari: "NotoSansDevanagari_400Regular.ttf",
  tamil: "NotoSansTamil_400Regular.ttf",
};

/** Where a font lies: beside the bundle as it is deployed, else in the package it comes from. */
export function fontPath(script: Script): string {
  const file = fontFiles[script];
  const beside = fileURLToPath(new URL(`./fonts/${file}`, import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-${script}/400Regular/${file}`);
}

const ofLanguage: Readonly<Record<string, Script>> = { bn: "bengali", ta: "tamil" };

const written =
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Tamil}]*$/u;

/** Whether the fonts here have the text's letters: the pictures among its signs, such as emoji, they have not. */
export const canWrite = (text: string): boolean => written.test(text) && !/\p{Emoji_Presentation}/u.test(text);

/** A piece of text of one script, and the font that writes it. */
export type Run = { readonly text: string; readonly font: Script };

const own: readonly (readonly [Script, RegExp])[] = [
  ["bengali", /\p{Script=Bengali}/u],
  ["devanagari", /\p{Script=Devanagari}/u],
  ["tamil", /\p{Script=Tamil}/u],
];

const scriptOf = (letter: string): Script | undefined => own.find(([, letters]) => letters.test(letter))?.[0];

/**
 * The text in pieces of one script each: letters of a script that has a font by that font, all others by the font of the language. What
 * belongs to no script (digits, marks, joiners) stays with the letters before it, and a space goes before a piece, since one behind it
 * would be taken for the end of a line. Latin letters stand alone: shaped together with Indic ones they lose the space between.
 */
export function runsOf(text: string, language: string): readonly Run[] {
  const base = ofLanguage[language] ?? "devanagari";
  const pieces: { text: string; script: Script | undefined }[] = [];
  for (const letter of text) {
    const last = pieces.at(-1);
    const isNeutral = /[\p{Script=Common}\p{Script=Inherited}]/u.test(letter);
    const script = isNeutral && last ? last.script : scriptOf(letter);
    if (last && last.script === script) last.text += letter;
    else pieces.push({ text: letter, script });
  }
  for (const [n, piece] of pieces.entries()) {
    const next = pieces[n + 1];
    if (!next) continue;
    const kept = piece.text.trimEnd();
    next.text = piece.text.slice(kept.length) + next.text;
    piece.text = kept;
  }
  return pieces
    .filter((piece) => piece.text !== "")
    .map(({ text: letters, script }) => ({ text: letters, font: script ?? base }));
}
