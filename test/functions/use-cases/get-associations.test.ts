import { describe, expect, it } from "vitest";
import { getAssociations } from "../../../functions/use-cases/get-associations.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const fingerprint = "14:6D:E9:83:C5:73:06:50:D8:EE:B9:95:2F:34:FC:64:16:A0:83:42:E6:1D:BE:A8:8A:04:96:B2:3F:CF:44:E5";
const android = [{ packageName: "in.example.power", sha256CertFingerprints: [fingerprint] }];

async function world() {
  const ports = memoryPorts();
  await ports.billers.put(aBiller({ id: "no-apps", header: "NOAPPS" }));
  return ports;
}

describe("which apps may open the links", () => {
  it("is told to Android app by app", async () => {
    const ports = await world();
    await ports.billers.put(aBiller({ apps: { android } }));
    expect(await getAssociations(ports, "assetlinks.json")).toEqual([
      {
        relation: ["delegate_permission/common.handle_all_urls"],
        target: {
          namespace: "android_app",
          package_name: "in.example.power",
          sha256_cert_fingerprints: [fingerprint],
        },
      },
    ]);
  });

  it("is told to iOS for the links under the headers of the app's own biller", async () => {
    const ports = await world();
    await ports.billers.put(
      aBiller({ formerHeaders: ["OLDPOW"], apps: { ios: [{ appId: "ABCDE12345.in.example.power" }] } }),
    );
    await ports.billers.put(
      aBiller({ id: "second", header: "SECPOW", apps: { ios: [{ appId: "ABCDE12345.in.second" }] } }),
    );
    expect(await getAssociations(ports, "apple-app-site-association")).toEqual({
      applinks: {
        details: [
          {
            appIDs: ["ABCDE12345.in.example.power"],
            components: [
              { "/": "/EXPOWR/*", comment: "bill pages" },
              { "/": "/OLDPOW/*", comment: "bill pages" },
            ],
          },
          { appIDs: ["ABCDE12345.in.second"], components: [{ "/": "/SECPOW/*", comment: "bill pages" }] },
        ],
      },
    });
  });

  it("is nobody where no biller has an app, each file for itself", async () => {
    const ports = await world();
    expect(await getAssociations(ports, "assetlinks.json")).toEqual([]);
    await ports.billers.put(aBiller({ apps: { android } }));
    expect(await getAssociations(ports, "apple-app-site-association")).toEqual({ applinks: { details: [] } });
  });
});
