import {canonical, sha256, toPlain} from "./bytes";
import {currentDevice} from "./device";
import {getAll, getFrom, getMeta, ofDevice, waitingOf, write} from "./db";
import {_t} from "./i18n";
import {createStore} from "./store";
import {isSure, serverOffset} from "./clock";

const NEVER = "0".repeat(64);
// How long an answered event stays to be seen.
const KEPT = 7 * 24 * 3600 * 1000;
// How many events the page shows.
const SHOWN = 200;
const tabs = new BroadcastChannel("guard");

// Events of the guard in use, the newest first, answered ones included.
export const outboxItems = createStore([]);
// Called after each record: something is to be sent.
export const recorded = new EventTarget();

/** The last events of a device, and all that wait, in order. */
async function toShow(device) {
    const head = (await getMeta(`head:${device}`)) || {n: 0};
    const since = Math.max(0, head.n - SHOWN);
    const range = IDBKeyRange.bound([device, since], [device, []]);
    const last = await getAll("outbox", range);
    const older = await getFrom("outbox", "waiting", waitingOf(device));
    return [...older.filter((row) => row.n < since), ...last];
}

/** Read the events again, for this tab. */
export async function refreshOutbox() {
    const device = currentDevice.get();
    const rows = device ? await toShow(device.device) : [];
    outboxItems.set(rows.reverse());
}

/** Read them again, and tell the other tabs to. */
export async function outboxChanged() {
    tabs.postMessage("outbox");
    await refreshOutbox();
}

tabs.onmessage = () => refreshOutbox();

async function prepare(kind, data, blobs, moment) {
    const photos = await Promise.all(
        blobs.map(async (blob) => ({
            uuid: crypto.randomUUID(),
            sha256: await sha256(await blob.arrayBuffer()),
            size: blob.size,
            blob,
            got: 0,
        }))
    );
    const names = photos.length ? {photos: photos.map((photo) => photo.uuid)} : {};
    return {
        photos,
        event: {
            uuid: crypto.randomUUID(),
            kind,
            ...moment,
            data: toPlain({...data, ...names}),
        },
    };
}

async function chain(device, event) {
    const head = (await getMeta(`head:${device}`)) || {n: 0, h: NEVER};
    const {uuid, kind, at, data} = event;
    const n = head.n + 1;
    const h = await sha256(head.h + canonical({uuid, n, kind, at, data}));
    return {...event, device, n, prev: head.h, h, waiting: 1, state: "here"};
}

function store(row, photos) {
    const {device, n, h, uuid} = row;
    return write(["outbox", "blobs", "meta"], (stores) => {
        // add, not put: a number that is taken stops everything.
        stores.outbox.add(row);
        photos.forEach((photo) => stores.blobs.add({...photo, device, event: uuid}));
        stores.meta.put({key: `head:${device}`, value: {n, h}});
        return row;
    });
}

function inWords(error) {
    if (error && error.name === "QuotaExceededError") {
        return _t(
            "The memory of this phone is full: NOTHING was recorded. Delete photos or apps, " +
                "then do it again; write it on paper meanwhile."
        );
    }
    return _t(
        "The phone could not keep this: NOTHING was recorded. Try again; if it goes on, " +
            "write it on paper and tell your office. (%s)",
        error ? error.message : ""
    );
}

/**
 * Keep what happened, for good, on this phone; it is sent as soon as there is a way.
 *
 * @param {String} kind as the office knows it
 * @param {Object} data JSON types only
 * @param {{photos: Blob[]}} [options]
 * @returns {Promise<Object>} the event, once it is on the disk
 * @throws {Error} with a sentence for the guard when nothing was kept
 */
export async function record(kind, data, {photos: blobs = []} = {}) {
    const device = currentDevice.get();
    if (!device) {
        throw new Error(_t("Nobody is logged in on this phone: NOTHING was recorded."));
    }
    const moment = {
        at: Date.now(),
        mono: Math.round(performance.now()),
        offset: serverOffset(),
        // Which life of the page, and whether the offset was heard in it.
        life: performance.timeOrigin,
        sure: isSure(),
    };
    let row = null;
    try {
        // One after the other, in all tabs: the order of the taps is the order kept.
        row = await navigator.locks.request("guard-chain", async () => {
            const {event, photos} = await prepare(kind, data, blobs, moment);
            return store(await chain(device.device, event), photos);
        });
    } catch (error) {
        throw new Error(inWords(error), {cause: error});
    }
    await outboxChanged();
    recorded.dispatchEvent(new Event("recorded"));
    return row;
}

/**
 * Note what the office said of some events.
 *
 * @param {String} device
 * @param {{row: Object, verdict: String, message: String}[]} answers
 * @param {Number} now
 */
export function settle(device, answers, now) {
    return write(["outbox"], ({outbox}) => {
        for (const {row, verdict, message} of answers) {
            const settled = {...row, state: verdict, message, answered: now};
            // Out of the index of what waits.
            delete settled.waiting;
            outbox.put(settled);
        }
    });
}

/** Drop what the office has had for long; what it never answered stays for ever. */
export async function tidy(device, now) {
    const rows = await getAll("outbox", ofDevice(device));
    // The office has all but what it could not even read: that stays.
    const old = rows.filter(
        (row) => !row.waiting && row.state !== "refused" && now - row.answered > KEPT
    );
    const photos = await getAll("blobs", ofDevice(device));
    const needed = new Set(photos.map((photo) => photo.event));
    const gone = old.filter((row) => !needed.has(row.uuid));
    if (gone.length) {
        await write(["outbox"], ({outbox}) => {
            gone.forEach((row) => outbox.delete([row.device, row.n]));
        });
    }
}
