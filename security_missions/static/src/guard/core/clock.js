import {getMeta, setMeta} from "./db";

// A phone this far from the office's clock is told so.
export const DOUBTFUL = 5 * 60 * 1000;

// Set back by more than this, the phone's clock is not followed.
const SET_BACK = 2000;
// Ahead by more than this, either the phone slept (its monotonic clock sleeps too) or
// somebody set its clock: only the office can tell.
const JUMP = 5 * 60 * 1000;

// What was last heard of the office's clock, and what both clocks of the phone said then.
let known = {offset: null, wall: null, mono: null};

/** Read what was known of the office's clock when the page last ran. */
export async function loadClock() {
    const offset = await getMeta("offset");
    known = {offset, wall: null, mono: null};
}

/** How much further the phone's clock went than its monotonic one, since then. */
const drift = () => Date.now() - known.wall - (performance.now() - known.mono);

/** Milliseconds to add to the phone's clock, or null when the office was never heard. */
export function serverOffset() {
    if (known.wall === null || drift() > -SET_BACK) {
        return known.offset;
    }
    return Math.round(known.offset - drift());
}

/** Whether that was heard in this life of the page, and nothing happened since. */
export const isSure = () => known.wall !== null && drift() < JUMP;

/** Now by the office's clock, as well as it is known. */
export const correctedNow = () => Date.now() + (serverOffset() || 0);

/**
 * The office said what time it is.
 *
 * @param {Number} server its clock, in milliseconds
 * @param {Number} trip how long the request took, in milliseconds
 */
export async function heardTime(server, trip) {
    if (!Number.isFinite(server)) {
        return;
    }
    const wall = Date.now();
    const offset = Math.round(server + Math.min(trip, 4000) / 2 - wall);
    known = {offset, wall, mono: performance.now()};
    await setMeta("offset", known.offset);
}
