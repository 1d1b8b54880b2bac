import { html, raw } from "hono/html";
import { encode } from "uqr";

const quietZone = 4;

/**
 * A QR code as inline SVG, dark on white in every color scheme, with the quiet zone of four modules that ISO/IEC 18004 asks for; error
 * correction is the best that costs no larger code.
 */
export function qrCode(text: string, label: string): unknown {
  const { data, size } = encode(text, { ecc: "L", boostEcc: true, border: 0 });
  const side = size + 2 * quietZone;
  const path = raw(data.map(darkRuns).join(""));
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="-4 -4 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h${side}v${side}h-${side}z"/><path stroke="#000" d="${path}"/></svg>`;
}

/** One row as the shortest path of horizontal strokes along its middle. */
function darkRuns(row: readonly boolean[], y: number): string {
  let path = "";
  let pen = 0;
  for (let x = 0; x < row.length; ) {
    let end = x;
    while (row[end]) end++;
    if (end > x) {
      path += path === "" ? `M${x} ${y}.5h${end - x}` : `m${x - pen} 0h${end - x}`;
      pen = end;
    }
    x = Math.max(end, x + 1);
  }
  return path;
}
