import {correctedNow, heardTime} from "./clock";
import {signedHeaders} from "./keys";
import {utf8} from "./bytes";

const PATIENCE = 8000;
// Seconds to wait at most, whatever the office says.
const LONGEST = 60;
const NOTHING = new Uint8Array(0);

/** The office answered, and it was no. */
export class Refused extends Error {
    constructor(status, answer) {
        super(answer.message || answer.error || String(status));
        this.status = status;
        this.code = answer.error || "";
        this.answer = answer;
    }
}

/** The office has to hear others first, and says when to come again. */
export class Busy extends Error {
    /** @param {Number} seconds */
    constructor(seconds) {
        super(`busy for ${seconds} s`);
        this.wait = seconds * 1000;
    }
}

/** No answer that can be trusted: no network, a page of a proxy, a server that fails. */
export class Unreachable extends Error {}

/** A proxy has its own pages for this: only our office says it in JSON. */
async function isBusy(response) {
    if (response.status !== 503 || !Number(response.headers.get("Retry-After"))) {
        return false;
    }
    const answer = await response.json().catch(() => null);
    return answer?.error === "busy";
}

async function readJson(response) {
    const kind = response.headers.get("Content-Type") || "";
    if (await isBusy(response)) {
        const seconds = Number(response.headers.get("Retry-After"));
        throw new Busy(Math.min(LONGEST, Math.max(1, seconds)));
    }
    if (response.status >= 500 || response.redirected || !kind.includes("json")) {
        throw new Unreachable(`HTTP ${response.status}`);
    }
    const answer = await response.json();
    if (!answer || typeof answer !== "object") {
        throw new Unreachable("no object");
    }
    return answer;
}

async function send(path, options) {
    const began = performance.now();
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), options.patience || PATIENCE);
    try {
        const response = await fetch(path, {
            cache: "no-store",
            credentials: "same-origin",
            ...options,
            signal: stop.signal,
        });
        if (response.status === 304) {
            return {status: 304, answer: null, headers: response.headers};
        }
        const answer = await readJson(response);
        if (answer.server_time) {
            await heardTime(answer.server_time, performance.now() - began);
        }
        if (!response.ok) {
            throw new Refused(response.status, answer);
        }
        return {status: response.status, answer, headers: response.headers};
    } catch (error) {
        const known = error instanceof Refused || error instanceof Busy;
        throw known ? error : new Unreachable(error.message);
    } finally {
        clearTimeout(timer);
    }
}

/** A request of a phone that is not enrolled yet. */
export function postOpen(path, values) {
    const headers = {"Content-Type": "application/json"};
    return send(path, {method: "POST", headers, body: JSON.stringify(values)});
}

/**
 * A request signed by a device; a phone whose clock is wrong takes the office's time and
 * asks again at once.
 *
 * @param {Object} device
 * @param {String} method
 * @param {String} path
 * @param {{body: Uint8Array, headers: Object, patience: Number}} [options]
 * @returns {Promise<{status: Number, answer: Object, headers: Headers}>}
 * @throws {Refused|Busy|Unreachable}
 */
export async function signed(device, method, path, options = {}) {
    const body = options.body || NOTHING;
    const once = async () => {
        const proof = await signedHeaders(
            device,
            method,
            path,
            body,
            Math.round(correctedNow())
        );
        return send(path, {
            method,
            headers: {...options.headers, ...proof},
            body: body.length ? body : undefined,
            patience: options.patience,
            // The signature says who asks: a cookie would only be in the way.
            credentials: "omit",
        });
    };
    try {
        return await once();
    } catch (error) {
        if (error instanceof Refused && error.code === "clock") {
            return once();
        }
        throw error;
    }
}

/** The same, for JSON. */
export function signedJson(device, method, path, values) {
    const headers = {"Content-Type": "application/json"};
    return signed(device, method, path, {headers, body: utf8(JSON.stringify(values))});
}
