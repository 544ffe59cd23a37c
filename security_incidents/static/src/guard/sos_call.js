import {utf8} from "@security_missions/guard/core/bytes";
import {correctedNow} from "@security_missions/guard/core/clock";
import {APP_VERSION, currentDevice} from "@security_missions/guard/core/device";
import {Refused, signedJson} from "@security_missions/guard/core/api";
import {signedHeaders} from "@security_missions/guard/core/keys";
import {record} from "@security_missions/guard/core/outbox";
import {whereNow} from "@security_missions/guard/core/place";
import {createStore} from "@security_missions/guard/core/store";

const PATH = "/guard/api/sos";
export const COUNTDOWN = 5000;
// Without an answer of the office for so long, the guard is shown how to call.
const ANSWER = 5000;
const EVERY = 10000;
const FOLLOWED = 10 * 60 * 1000;
const HEARD = new Set(["accepted", "flagged", "duplicate"]);

// phase: "" | "countdown" | "sending" | "heard" | "unheard"
const NOTHING = {
    phase: "",
    until: 0,
    silent: false,
    uuid: "",
    shift: null,
    place: null,
    problem: "",
};
export const sos = createStore(NOTHING);
let countdown = null;
let follow = null;
// Calls whose screen the guard has closed.
const closed = new Set();

/** The long press is over: five seconds to take it back, while the phone looks where. */
export function begin(shift) {
    clearTimeout(countdown);
    sos.set({
        ...NOTHING,
        phase: "countdown",
        until: Date.now() + COUNTDOWN,
        shift: shift ? shift.id : null,
    });
    whereNow().then((place) => place && sos.patch({place}));
    // eslint-disable-next-line no-use-before-define
    countdown = setTimeout(call, COUNTDOWN);
}

/** Within the countdown: nothing was sent and nothing will be. */
export function takeBack() {
    clearTimeout(countdown);
    sos.set(NOTHING);
}

export const chooseSilent = (silent) => sos.patch({silent});

function wire({uuid, n, kind, at, mono, offset, data, prev, h}) {
    return {uuid, n, kind, at, mono, offset, data, prev, h};
}

/** Straight to the office, past whatever waits; the request outlives the page. */
async function sendFirst(row) {
    const device = currentDevice.get();
    const values = {
        batch: crypto.randomUUID(),
        sent_at: Date.now(),
        app_version: APP_VERSION,
        events: [wire(row)],
    };
    const body = utf8(JSON.stringify(values));
    const now = Math.round(correctedNow());
    const proof = await signedHeaders(device, "POST", PATH, body, now);
    const response = await fetch(PATH, {
        method: "POST",
        headers: {"Content-Type": "application/json", ...proof},
        body,
        keepalive: true,
        credentials: "omit",
        cache: "no-store",
    });
    if (response.status === 401) {
        // Our clock is wrong: this way takes the office's time and asks again.
        const {answer} = await signedJson(device, "POST", PATH, values);
        return answer;
    }
    if (!response.ok) {
        throw new Refused(response.status, {});
    }
    return response.json();
}

function isHeard(answer, uuid) {
    const results = Array.isArray(answer.results) ? answer.results : [];
    return results.some((one) => one.uuid === uuid && HEARD.has(one.verdict));
}

async function sendPosition(uuid) {
    const place = await whereNow();
    if (place) {
        sos.patch({place});
        await record("sos_position", {sos: uuid, ...place});
    }
}

/** The call is over: where the guard is concerns nobody any more. */
export const stopFollowing = () => clearInterval(follow);

/** Where the guard is, every ten seconds for ten minutes. */
function followPosition(uuid, begun = Date.now()) {
    stopFollowing();
    const end = begun + FOLLOWED;
    follow = setInterval(() => {
        if (Date.now() > end || sos.get().uuid !== uuid) {
            stopFollowing();
            return;
        }
        // A full memory stops positions, never the call.
        sendPosition(uuid).catch((error) => sos.patch({problem: error.message}));
    }, EVERY);
}

/** The office has named the call in an answer of the queue, or of its own request. */
export function heard(uuid) {
    if (sos.get().uuid === uuid) {
        sos.patch({phase: "heard"});
    }
}

/** Send it: kept on the phone and sent past the queue, both at once. */
export async function call() {
    const {silent, shift, place} = sos.get();
    sos.patch({phase: "sending"});
    const late = setTimeout(() => {
        if (sos.get().phase === "sending") {
            sos.patch({phase: "unheard"});
        }
    }, ANSWER);
    let row = null;
    try {
        row = await record("sos", {shift, silent, ...place});
        sos.patch({uuid: row.uuid});
        followPosition(row.uuid);
    } catch (error) {
        sos.patch({phase: "unheard", problem: error.message});
    }
    // Why no answer comes is no matter of the guard's, who has to call now.
    const answer = row && (await sendFirst(row).catch(() => ({})));
    clearTimeout(late);
    if (row && sos.get().phase !== "heard") {
        sos.patch({phase: isHeard(answer, row.uuid) ? "heard" : "unheard"});
    }
    if (!silent) {
        navigator.vibrate?.([200, 100, 200]);
    }
}

/** It was a mistake: the office is told, and makes sure all the same. */
export async function withdraw() {
    const {uuid} = sos.get();
    await record("sos_cancel", {sos: uuid});
    stopFollowing();
    sos.set(NOTHING);
}

/** The guard closes the screen; the call goes on. */
export function putAway() {
    closed.add(sos.get().uuid);
    sos.set(NOTHING);
}

/**
 * Go on with a call of the last minutes, after the phone has ended the page.
 *
 * @param {Object[]} items what was told with this phone
 * @param {Object[]} office what the office knows of the calls
 * @returns {Boolean} whether there is one
 */
export function resume(items, office) {
    const [last] = items
        .filter(({kind, at}) => kind === "sos" && Date.now() - at < FOLLOWED)
        .sort((one, other) => other.at - one.at);
    const isOver = ({uuid}) =>
        closed.has(uuid) ||
        items.some(({kind, data}) => kind === "sos_cancel" && data.sos === uuid) ||
        office.some((one) => one.uuid === uuid && one.state === "closed");
    if (sos.get().phase || !last || isOver(last)) {
        return false;
    }
    const {shift, silent, latitude, longitude, accuracy} = last.data;
    sos.set({
        ...NOTHING,
        phase: HEARD.has(last.state) ? "heard" : "unheard",
        uuid: last.uuid,
        shift,
        silent,
        place: latitude === undefined ? null : {latitude, longitude, accuracy},
    });
    followPosition(last.uuid, last.at);
    return true;
}
