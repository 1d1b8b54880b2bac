/** What somebody wishes by answering with one of these words alone. */
export type Wish = "stop" | "resume";

type Words = Readonly<Record<string, readonly string[]>>;

/**
 * The words by which people end messages, by language, with Hindi, Bengali and Tamil also as they are typed in Latin letters. The first
 * English ones are those of 47 CFR 64.1200(a)(10). Words that are also an answer to something else (`para`, `ruko`, `alto`, `no`) are
 * left out.
 */
const stopWords: Words = {
  en: [
    ...["stop", "quit", "end", "revoke", "opt out", "unsubscribe"],
    ...["optout", "opt me out", "stop all", "stopall", "stop it", "please stop", "stop please", "remove me"],
    ...["stop messages", "stop messaging", "stop reminders", "no more messages", "unsubscribe me"],
  ],
  hi: [
    ...["बंद", "बंद करो", "बंद करें", "बंद करे", "बंद कर दो", "बंद कीजिए", "बन्द करो", "बन्द करें", "रोको", "रोकें", "स्टॉप"],
    ...["मैसेज बंद करो", "मैसेज बंद करें", "संदेश बंद करें", "मैसेज मत भेजो"],
  ],
  "hi-Latn": [
    ...["band karo", "band kro", "band kare", "band karen", "band karein", "band kar do", "band kardo", "band kijiye"],
    ...["bandh karo", "message band karo", "msg band karo", "message mat bhejo", "msg mat bhejo", "roko"],
  ],
  bn: ["বন্ধ", "বন্ধ করুন", "বন্ধ করো", "বন্ধ কর", "থামান", "থামাও", "স্টপ", "মেসেজ বন্ধ করুন", "বার্তা বন্ধ করুন"],
  "bn-Latn": ["bondho korun", "bondho koro", "bondho kor", "bandho korun"],
  ta: ["நிறுத்து", "நிறுத்தவும்", "நிறுத்துங்கள்", "நிறுத்துக", "ஸ்டாப்", "செய்திகளை நிறுத்து", "செய்திகளை நிறுத்தவும்"],
  "ta-Latn": ["niruthu", "niruthavum", "niruthungal"],
  pt: [
    ...["parar", "pare", "sair", "descadastrar", "descadastre", "desinscrever", "remover", "cancelar inscrição"],
    ...["parar mensagens", "não quero mais", "não quero receber"],
  ],
  es: [
    ...["parar", "baja", "dar de baja", "darme de baja", "detener", "salir", "desuscribir", "cancelar suscripción"],
    ...["parar mensajes", "no más mensajes", "no quiero recibir"],
  ],
  ms: ["berhenti", "henti", "hentikan"],
  zh: ["停止", "退订", "退訂", "取消订阅", "取消訂閱"],
};

/**
 * Words that end messages when they were typed alone, but belong to the question when they stand on a button or in a list. `cancel` may
 * mean the bill, yet no answer cancels a bill, and the rule above takes the word for an opt-out: whoever is understood wrongly misses
 * one channel until the next START, whereas an opt-out that is not understood is a breach.
 */
const typedStopWords: Words = { en: ["cancel"], pt: ["cancelar"], es: ["cancelar"] };

/** The words by which people ask for messages again; only such as nobody says by the way. */
const resumeWords: Words = {
  en: ["start", "unstop", "resume", "subscribe", "restart", "opt in", "optin", "start messages"],
  hi: ["शुरू", "शुरू करो", "शुरू करें", "शुरू करे", "चालू करो", "चालू करें", "फिर से शुरू करें", "स्टार्ट"],
  "hi-Latn": ["shuru karo", "shuru kare", "shuru karen", "shuru karein", "chalu karo", "chalu karen"],
  bn: ["শুরু", "শুরু করুন", "শুরু করো", "চালু করুন", "চালু করো", "স্টার্ট"],
  "bn-Latn": ["shuru korun", "chalu korun"],
  ta: ["தொடங்கு", "தொடங்கவும்", "தொடங்குங்கள்", "மீண்டும் தொடங்கு", "ஸ்டார்ட்"],
  "ta-Latn": ["thodangu", "thodangavum"],
  pt: ["iniciar", "começar", "retomar", "reativar", "inscrever", "quero receber"],
  es: ["iniciar", "comenzar", "reanudar", "reactivar", "suscribir", "quiero recibir"],
  ms: ["mula", "mulakan"],
  zh: ["开始", "開始", "订阅", "訂閱"],
};

/** What is longer is a sentence, and not worth folding. */
const maxLength = 100;

/** A text as words are compared: without case, width, Latin accents, and whatever is no letter, mark or digit. */
const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    // Invisible joiners stand inside words, all else between them.
    .replace(/[\p{Cf}\p{Variation_Selector}]+/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();

const meaning = (words: Words, wish: Wish) =>
  Object.values(words).flatMap((ofLanguage) => ofLanguage.map((word) => [folded(word), wish] as const));

const tapped: ReadonlyMap<string, Wish> = new Map([...meaning(stopWords, "stop"), ...meaning(resumeWords, "resume")]);
const typed: ReadonlyMap<string, Wish> = new Map([...tapped, ...meaning(typedStopWords, "stop")]);

/** What an answer wishes, where the whole of it is one of our words; `how` it was given: typed, or by a button or list row that says so. */
export function wishIn(text: string, how: "typed" | "tapped" = "typed"): Wish | undefined {
  if (text.length > maxLength) return undefined;
  return (how === "typed" ? typed : tapped).get(folded(text));
}
