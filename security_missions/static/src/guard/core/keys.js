import {base64url, sha256, utf8} from "./bytes";

const VERSION = "security-request-v1";

/** A key that signs and that no script can read out of this phone. */
export async function createKey() {
    return crypto.subtle.generateKey({name: "Ed25519"}, false, ["sign", "verify"]);
}

/** The public half, as the office keeps it: 32 bytes in base64url. */
export async function publicKey(pair) {
    return base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
}

/**
 * The headers that say which phone asks, when, and that it is really that one.
 *
 * @param {Object} device row of the store `devices`
 * @param {String} method
 * @param {String} path without host or query
 * @param {Uint8Array} body empty when there is none
 * @param {Number} time milliseconds by the office's clock
 */
export async function signedHeaders(device, method, path, body, time) {
    const text = [VERSION, method, path, await sha256(body), time].join("\n");
    const key = device.key.privateKey;
    const signature = await crypto.subtle.sign({name: "Ed25519"}, key, utf8(text));
    return {
        "X-Security-Device": device.device,
        "X-Security-Time": String(time),
        "X-Security-Signature": base64url(signature),
    };
}
