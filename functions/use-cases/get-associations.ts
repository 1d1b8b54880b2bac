import type { Ports } from "../ports.ts";

/** The files by which Android and iOS learn which apps may open which links, named by the end of their paths. */
export type AssociationFile = "assetlinks.json" | "apple-app-site-association";

/**
 * One association file, from the billers' settings (Android: Digital Asset Links; iOS: associated domains). An iOS app opens the links
 * under its own biller's headers only; Android knows no paths here, its apps name them themselves.
 */
export async function getAssociations(ports: Pick<Ports, "billers">, file: AssociationFile): Promise<object> {
  const found = await ports.billers.findWithApps();
  if (file === "assetlinks.json")
    return found.flatMap(({ apps }) =>
      (apps.android ?? []).map(({ packageName, sha256CertFingerprints }) => ({
        relation: ["delegate_permission/common.handle_all_urls"],
        target: {
          namespace: "android_app",
          package_name: packageName,
          sha256_cert_fingerprints: sha256CertFingerprints,
        },
      })),
    );
  const details = found
    .filter(({ apps }) => apps.ios)
    .map(({ headers, apps }) => ({
      appIDs: (apps.ios ?? []).map(({ appId }) => appId),
      components: headers.map((header) => ({ "/": `/${header}/*`, comment: "bill pages" })),
    }));
  return { applinks: { details } };
}
