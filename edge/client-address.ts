/**
 * Where a request comes from. Behind a proxy every connection is the proxy's: it names the client in X-Forwarded-For, and is
 * believed only if an operator has named it, since anybody can send that header.
 */
import { isIP } from "node:net";

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** @param proxies the addresses of our own proxies */
export const clientAddress = (proxies: readonly string[] = []) => {
  const ours = new Set(proxies.map(plain));
  return (remote: string, forwardedFor: string): string => {
    let nearest = plain(remote);
    // Each proxy adds whom it heard from at the end: the last that is not ours is the client, and what stands before it is hearsay.
    for (const hop of forwardedFor.split(",").reverse()) {
      if (!ours.has(nearest)) break;
      const address = plain(hop.trim());
      if (isIP(address) === 0) break;
      nearest = address;
    }
    return nearest;
  };
};
