// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.

/** What the layout shows, already escaped for HTML. */
type EmailHtmlValues = {
  readonly amount: string;
  readonly amountLabel: string;
  readonly billerName: string;
  readonly button: string;
  readonly greeting: string;
  readonly heading: string;
  readonly lang: string;
  readonly lead: string;
  readonly link: string;
  readonly linkNote: string;
  readonly preview: string;
  readonly reason: string;
  readonly safety: string;
  readonly subject: string;
  readonly unsubscribe: string;
  readonly unsubscribeUrl: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
};

/** The e-mail as HTML; every value must have been escaped before. */
export const emailHtml = (v: EmailHtmlValues): string =>
  `<!doctype html>
<html lang="${v.lang}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${v.subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">#outlook a { padding:0; }body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">@media only screen and (min-width:480px) {.mj-column-per-100 { width:100% !important; max-width: 100%; }}
</style>
<style media="screen and (min-width:480px)">.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">:root { color-scheme: light dark; }.link a, .quiet a { color: #4b5a6b; word-break: break-all; }.quiet a { word-break: normal; }@media (max-width: 480px) {.card > table > tbody > tr > td { padding: 24px 20px !important; }}@media (prefers-color-scheme: dark) {.page, .page > div { background-color: #11161c !important; }.card, .card > table { background-color: #1c232c !important; }.ink div, .ink td { color: #f1f4f7 !important; }.soft div, .soft td.label, .ink td.label, .link div, .link a, .quiet div, .quiet a { color: #aab6c3 !important; }.facts td { border-color: #323c48 !important; }.button td, .button a { background-color: #6fd3b0 !important; color: #0d1a15 !important; }}
</style>
<meta name="color-scheme" content="light dark" />
<meta name="supported-color-schemes" content="light dark" />
<meta name="format-detection" content="telephone=no" />
</head>
<body  class="page" style="word-spacing:normal;background-color:#eef1f4;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${v.preview}</div>
<div
aria-label="${v.subject}" aria-roledescription="email" role="article" lang="${v.lang}" dir="ltr" style="word-spacing:normal;background-color:#eef1f4;"
>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:560px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:24px 12px 12px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:536px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"
>
<tbody>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0 16px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:15px;font-weight:700;line-height:1.55;text-align:left;color:#1b2430;"
>${v.billerName}</div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:560px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:0 12px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="card-outlook" width="560px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:536px;" width="536" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:536px;border-radius:12px;overflow:hidden;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"
>
<tbody>
<tr>
<td
style="border-radius:12px;direction:ltr;font-size:0px;padding:32px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:472px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"
>
<tbody>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0;padding-bottom:16px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:22px;font-weight:700;line-height:1.35;text-align:left;color:#1b2430;"
>${v.heading}</div>
</td>
</tr>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0;padding-bottom:8px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#1b2430;"
>${v.greeting}</div>
</td>
</tr>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0;padding-bottom:24px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#1b2430;"
>${v.lead}</div>
</td>
</tr>
<tr>
<td
align="left" class="soft" style="font-size:0px;padding:0;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:14px;line-height:1.55;text-align:left;color:#4b5a6b;"
>${v.amountLabel}</div>
</td>
</tr>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0;padding-bottom:16px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:34px;font-weight:700;line-height:1.25;text-align:left;color:#1b2430;"
>${v.amount}</div>
</td>
</tr>
<tr>
<td
align="left" class="ink facts" style="font-size:0px;padding:0 0 24px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#1b2430;font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:15px;line-height:1.5;table-layout:auto;width:100%;border:none;"
>${v.facts.map((f) => `<tr><td class="label" style="border-top:1px solid #dfe4ea;padding:10px 16px 10px 0;color:#4b5a6b;vertical-align:top;width:38%">${f.label}</td><td style="border-top:1px solid #dfe4ea;padding:10px 0;vertical-align:top;word-break:break-word">${f.value}</td></tr>`).join("")}
</table>
</td>
</tr>
<tr>
<td
align="center" class="button" style="font-size:0px;padding:0 0 20px;word-break:break-word;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;width:100%;line-height:100%;"
>
<tbody>
<tr>
<td
align="center" bgcolor="#0b6b4f" role="presentation" style="border:none;border-radius:8px;cursor:auto;mso-padding-alt:14px 24px;background:#0b6b4f;" valign="middle"
>
<a
href="${v.link}" style="display:inline-block;background:#0b6b4f;color:#ffffff;font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:17px;font-weight:700;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:14px 24px;mso-padding-alt:0px;border-radius:8px;" target="_blank"
>${v.button}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
<tr>
<td
align="left" class="link" style="font-size:0px;padding:0;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#4b5a6b;"
>${v.linkNote}<br /><a href="${v.link}">${v.link}</a></div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:560px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:16px 12px 32px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:536px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"
>
<tbody>
<tr>
<td
align="left" class="quiet" style="font-size:0px;padding:0 16px 8px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#4b5a6b;"
>${v.safety}</div>
</td>
</tr>
<tr>
<td
align="left" class="quiet" style="font-size:0px;padding:0 16px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Nirmala UI', 'Kohinoor Bangla', Arial, sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#4b5a6b;"
>${v.reason} <a href="${v.unsubscribeUrl}">${v.unsubscribe}</a></div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>`;
