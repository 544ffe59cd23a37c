// What the phone keeps. Everything of a device carries its token in its key, so that
// two guards who share a phone never mix. A new version adds stores, it never wipes one.

const NAME = "guard";
const VERSION = 1;
const STORES = {
    // One row per enrolment of this phone: who, and the key that signs.
    devices: {keyPath: "device"},
    // Events in the order they happened; `waiting` is there until the office answered.
    outbox: {keyPath: ["device", "n"]},
    // Photos, sent after the event they belong to.
    blobs: {keyPath: ["device", "uuid"]},
    // What the guard may see offline.
    bundle: {keyPath: "device"},
    // Small things of the page, and the end of the chain of each device.
    meta: {keyPath: "key"},
};

let opening = null;

function upgrade(event) {
    const db = event.target.result;
    for (const [name, options] of Object.entries(STORES)) {
        if (!db.objectStoreNames.contains(name)) {
            const store = db.createObjectStore(name, options);
            if (name === "outbox") {
                store.createIndex("waiting", ["device", "waiting", "n"]);
                store.createIndex("uuid", "uuid", {unique: true});
            }
        }
    }
}

/** @returns {Promise<IDBDatabase>} */
export function openDatabase() {
    opening ||= new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, VERSION);
        request.onupgradeneeded = upgrade;
        request.onerror = () => {
            opening = null;
            reject(request.error);
        };
        request.onsuccess = () => {
            const db = request.result;
            // Another tab brings a newer version: it does not wait for this one.
            db.onversionchange = () => {
                db.close();
                opening = null;
            };
            db.onclose = () => {
                opening = null;
            };
            resolve(db);
        };
    });
    return opening;
}

/**
 * One transaction; resolves with what `work` returned once it is on the disk.
 *
 * @param {String[]} stores
 * @param {Function} work gets the stores by name; starts its requests at once
 */
export async function write(stores, work) {
    const db = await openDatabase();
    return new Promise((resolve, reject) => {
        const tx = db.transaction(stores, "readwrite", {durability: "strict"});
        let result = null;
        tx.oncomplete = () => resolve(result);
        tx.onabort = () => reject(tx.error || new Error("Nothing was stored."));
        try {
            result = work(
                Object.fromEntries(stores.map((name) => [name, tx.objectStore(name)]))
            );
        } catch (error) {
            reject(error);
            tx.abort();
        }
    });
}

async function ask(store, make) {
    const db = await openDatabase();
    return new Promise((resolve, reject) => {
        const request = make(db.transaction(store).objectStore(store));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

export const get = (store, key) => ask(store, (one) => one.get(key));
export const getAll = (store, range) => ask(store, (one) => one.getAll(range));
export const count = (store, range) => ask(store, (one) => one.count(range));
export const getFrom = (store, index, range, most) =>
    ask(store, (one) => one.index(index).getAll(range, most));

/** All keys of a device in a store whose key begins with its token. */
export const ofDevice = (device) => IDBKeyRange.bound([device], [device, []]);
/** The events of a device that the office has not answered yet, in order. */
export const waitingOf = (device) => IDBKeyRange.bound([device, 1], [device, 1, []]);

export const put = (store, row) => write([store], (all) => all[store].put(row) && row);
export const remove = (store, key) => write([store], (all) => all[store].delete(key));

export async function getMeta(key) {
    const row = await get("meta", key);
    return row ? row.value : null;
}

export const setMeta = (key, value) => put("meta", {key, value});
