import {
    APP_VERSION,
    allDevices,
    currentDevice,
    forgetIfEmpty,
    updateDevice,
} from "./device";
import {Busy, Refused, signedJson} from "./api";
import {bundleStore, fetchBundle} from "./bundle";
import {count, getAll, getFrom, ofDevice, waitingOf} from "./db";
import {outboxChanged, recorded, settle, tidy} from "./outbox";
import {correctedNow, serverOffset} from "./clock";
import {createStore} from "./store";
import {sendBlobs} from "./blobs";
import {utf8} from "./bytes";

const MOST = 50;
const HEAVIEST = 200 * 1000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30000;
const EVERY = 20000;
// A page that has nothing to send asks this often whether it is still welcome.
const PING = 40000;
const BUNDLE = 5 * 60 * 1000;
const TIDY = 3600 * 1000;
const ANSWERED = new Set([
    "accepted",
    "flagged",
    "quarantined",
    "duplicate",
    "conflict",
    "refused",
]);

// {online, since: when it last changed, sentAt: when all was last sent, waiting, photos,
//  problem: {code, message} or null}
export const syncState = createStore({
    online: true,
    since: Date.now(),
    sentAt: null,
    waiting: 0,
    photos: 0,
    problem: null,
});

let failures = 0;
let timer = null;
let lastTalk = 0;
let lastTidy = 0;
let lastBundle = 0;
// What the guard sees is old, and was not fetched yet.
let bundleDue = false;
// How long the office asked to be left alone, in milliseconds.
let asked = 0;
// The office had others to hear before this phone.
let crowded = false;

/** What the office wants of an event; the rest is of the phone. */
function wire({uuid, n, kind, at, mono, offset, data, prev, h, life, sure}) {
    // Not sure, and the same life of the page: how far the clock is off is measured now,
    // by the time of sending.
    const measured = !sure && life === performance.timeOrigin ? null : offset;
    return {uuid, n, kind, at, mono, offset: measured, data, prev, h};
}

/** The next events of a device, as many as go into one request. */
async function nextBatch(device, after, most) {
    const [low, high] = [waitingOf(device).lower, waitingOf(device).upper];
    const range = IDBKeyRange.bound(
        after ? [device, 1, after] : low,
        high,
        Boolean(after)
    );
    const rows = await getFrom("outbox", "waiting", range, most);
    let size = 0;
    const end = rows.findIndex((row) => {
        size += utf8(JSON.stringify(wire(row))).length + 1;
        return size > HEAVIEST;
    });
    return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}

async function sendBatch(device, rows) {
    const {answer} = await signedJson(device, "POST", "/guard/api/sync", {
        batch: crypto.randomUUID(),
        sent_at: Date.now(),
        app_version: APP_VERSION,
        events: rows.map(wire),
    });
    const byUuid = new Map(rows.map((row) => [row.uuid, row]));
    const results = Array.isArray(answer.results) ? answer.results : [];
    // Only what the office named, with a word we know, is settled.
    const answers = results
        .filter(({uuid, verdict}) => byUuid.has(uuid) && ANSWERED.has(verdict))
        .map(({uuid, verdict, message}) => ({row: byUuid.get(uuid), verdict, message}));
    if (answers.length) {
        await settle(device.device, answers, correctedNow());
        await outboxChanged();
    }
    return {answer, settled: answers.length};
}

const isPersonal = (error) => ["revoked", "signature", "clock"].includes(error.code);

/**
 * Send all events of a device, in order. A batch that the office cannot read is sent one
 * by one, and the one it cannot read waits while the others go on.
 */
async function sendEvents(device) {
    let after = 0;
    let most = MOST;
    let last = null;
    for (;;) {
        const rows = await nextBatch(device.device, after, most);
        if (!rows.length) {
            return last;
        }
        try {
            const {answer, settled} = await sendBatch(device, rows);
            last = answer;
            // What it did not name is asked again later, not for ever in a circle.
            after = settled === rows.length ? after : rows.at(-1).n;
            most = MOST;
        } catch (error) {
            if (!(error instanceof Refused) || isPersonal(error)) {
                throw error;
            }
            after = rows.length === 1 ? rows[0].n : after;
            most = 1;
        }
    }
}

async function ping(device) {
    const {answer} = await sendBatch(device, []);
    return answer;
}

/** Whether what the guard sees may be old: it changed, he did something, or time went. */
function isOld(answer) {
    const known = bundleStore.get().version;
    if (!known || answer?.results?.length) {
        return true;
    }
    return answer?.bundle_version
        ? answer.bundle_version !== known
        : Date.now() - lastBundle > BUNDLE;
}

async function flushDevice(device) {
    const current = currentDevice.get()?.device === device.device;
    let answer = await sendEvents(device);
    if (!answer && current && Date.now() - lastTalk > PING) {
        answer = await ping(device);
    }
    await sendBlobs(device);
    if (!current) {
        await tidy(device.device, Infinity);
        await forgetIfEmpty(device.device);
        return;
    }
    if (answer) {
        lastTalk = Date.now();
    }
    bundleDue = bundleDue || isOld(answer);
    // Those who still wait to tell something come before what this guard sees.
    if (bundleDue && !(crowded && answer?.results?.length)) {
        await fetchBundle(device);
        lastBundle = Date.now();
        bundleDue = false;
    }
    if (Date.now() - lastTidy > TIDY) {
        lastTidy = Date.now();
        await tidy(device.device, correctedNow());
    }
}

/** Count what is left, of the guard in use. */
export async function countWaiting() {
    const device = currentDevice.get();
    if (!device) {
        return;
    }
    const rows = await getFrom("outbox", "waiting", waitingOf(device.device));
    const photos = await count("blobs", ofDevice(device.device));
    syncState.patch({waiting: rows.length, photos});
}

function noteOnline(online) {
    const before = syncState.get();
    const since = before.online === online ? before.since : Date.now();
    syncState.patch({online, since});
}

async function noteRefusal(device, error) {
    const problem = {
        code: error.code || "refused",
        message: error.answer.message || "",
    };
    if (error.code === "revoked") {
        await updateDevice(device.device, {state: "revoked", why: problem.message});
    }
    if (currentDevice.get()?.device === device.device) {
        syncState.patch({problem});
    }
}

async function noteFailure(device, error) {
    noteOnline(error instanceof Busy || error instanceof Refused);
    if (error instanceof Busy) {
        asked = Math.max(asked, error.wait);
        crowded = true;
    } else if (error instanceof Refused) {
        await noteRefusal(device, error);
    }
}

/** @returns {Promise<Boolean>} whether everything could be said */
async function flushAll() {
    let fine = true;
    for (const device of await allDevices()) {
        if (
            device.state === "revoked" &&
            currentDevice.get()?.device !== device.device
        ) {
            continue;
        }
        try {
            await flushDevice(device);
            noteOnline(true);
            if (currentDevice.get()?.device === device.device) {
                syncState.patch({problem: null});
            }
        } catch (error) {
            fine = false;
            await noteFailure(device, error);
        }
    }
    await countWaiting();
    const {waiting, photos} = syncState.get();
    if (fine && !waiting && !photos && lastTalk) {
        syncState.patch({sentAt: lastTalk + (serverOffset() || 0)});
    }
    return fine && !waiting;
}

/** Wait longer each time, and never all phones at the same moment. */
function backOff() {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
    failures = Math.min(failures + 1, 10);
    return longest * (0.5 + Math.random() / 2);
}

/** When to try again after not all could be said. */
function again() {
    // Phones that were sent away together do not come back together.
    return asked ? asked * (0.5 + Math.random()) : backOff();
}

function later(milliseconds) {
    clearTimeout(timer);
    // eslint-disable-next-line no-use-before-define
    timer = setTimeout(flush, milliseconds);
}

/** Send what waits, unless this or another tab is at it already. */
export async function flush() {
    later(EVERY);
    await navigator.locks.request("guard-flush", {ifAvailable: true}, async (lock) => {
        if (!lock) {
            return;
        }
        asked = 0;
        if (!(await flushAll())) {
            later(again());
            return;
        }
        // In a crowd, all that was to tell is told; what to show can wait.
        later(crowded ? EVERY * (2 + Math.random()) : EVERY);
        failures = 0;
        crowded = false;
    });
}

/** Ask the office even when nothing waits. */
export async function flushNow() {
    lastTalk = 0;
    lastBundle = 0;
    failures = 0;
    crowded = false;
    await flush();
}

/** Begin to send, and go on at every occasion. */
export function startSync() {
    recorded.addEventListener("recorded", async () => {
        await countWaiting();
        later(0);
    });
    window.addEventListener("online", () => flushNow());
    window.addEventListener("offline", () => noteOnline(false));
    document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") {
            flush();
        }
    });
    return flush();
}

/** Everything of a device that the office has not got, to be handed over as a file. */
export async function exportQueue(device) {
    const events = await getAll("outbox", ofDevice(device));
    const photos = await getAll("blobs", ofDevice(device));
    return {events, photos};
}
