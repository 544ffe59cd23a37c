const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);

export function hex(buffer) {
    return [...new Uint8Array(buffer)]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join("");
}

export function base64url(buffer) {
    const text = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {Uint8Array|ArrayBuffer|String} content text is taken as UTF-8 */
export async function sha256(content) {
    const bytes = typeof content === "string" ? utf8(content) : content;
    return hex(await crypto.subtle.digest("SHA-256", bytes));
}

// Smaller than this, two languages write a number differently (5e-05 and 0.00005).
const SMALLEST = 1e-4;

/** What a value becomes before it is signed: JSON types that every language writes alike. */
function plain(value) {
    if (typeof value === "string") {
        return value.toWellFormed ? value.toWellFormed() : value;
    }
    if (typeof value === "number" && Math.abs(value) < SMALLEST) {
        return 0;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (value && typeof value === "object") {
        return Object.fromEntries(
            Object.entries(value).map(([name, part]) => [name, plain(part)])
        );
    }
    return value;
}

/** JSON types only, without what JSON has no word for. */
export const toPlain = (value) => plain(JSON.parse(JSON.stringify(value)));

/** JSON with sorted keys and no spaces: the same bytes on the phone and at the office. */
export function canonical(value) {
    if (Array.isArray(value)) {
        return `[${value.map(canonical).join(",")}]`;
    }
    if (value && typeof value === "object") {
        const parts = Object.keys(value)
            .sort()
            .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
        return `{${parts.join(",")}}`;
    }
    return JSON.stringify(value);
}
