/**
 * The one script of the public pages, inline; a page does everything without it. It copies a code at a tap, and asks for the page's facts
 * every quarter of a minute while it is looked at, ten minutes at most, so that a page becomes the receipt by itself.
 */
export const pageScript = [
  "const d=document,s=d.querySelector('[data-page]');",
  "for(const b of d.querySelectorAll('[data-copied]')){",
  "b.hidden=false;",
  "b.onclick=async()=>{const t=b.previousElementSibling;t.select();",
  "try{await navigator.clipboard.writeText(t.value)}catch{d.execCommand('copy')}",
  "b.textContent=b.dataset.copied}}",
  "let n=0;",
  "const look=async()=>{if(d.hidden||n++>39)return;",
  "try{const r=await fetch(s.dataset.page,{headers:{accept:'application/json'},credentials:'omit'});",
  "if(!r.ok)return;const f=await r.json();",
  "if([f.state,f.outstanding.value,!!f.pending].join()!=s.dataset.facts)location.replace(s.dataset.page)",
  "}catch{}};",
  "if(s){setInterval(look,15e3);d.addEventListener('visibilitychange',look)}",
].join("");
