import {correctedNow, loadClock} from "./clock";
import {createKey, publicKey} from "./keys";
import {count, get, getAll, getMeta, ofDevice, put, write} from "./db";
import {_t} from "./i18n";
import {createStore} from "./store";
import {postOpen} from "./api";

export const APP_VERSION = "1";

const tabs = new BroadcastChannel("guard-device");

// The enrolment whose pages are shown; null: the page asks the guard to come in.
export const currentDevice = createStore(null);

/** Who was on this phone when the page was closed. */
export async function loadDevice() {
    await loadClock();
    const token = await getMeta("current");
    currentDevice.set((token && (await get("devices", token))) || null);
}

// Another tab changed who is here.
tabs.onmessage = () => loadDevice();

/** Every enrolment of this phone that still has something to send, or is in use. */
export const allDevices = () => getAll("devices");

/** Keep what changed about a device, and show it when it is the one in use. */
export async function updateDevice(token, part) {
    const row = await get("devices", token);
    if (!row) {
        return;
    }
    await put("devices", {...row, ...part});
    if (currentDevice.get()?.device === token) {
        currentDevice.set({...row, ...part});
    }
}

function phoneName() {
    const found = /\(([^)]*)\)/.exec(navigator.userAgent);
    return (found ? found[1] : navigator.userAgent).slice(0, 60);
}

/**
 * Make this phone known to the office.
 *
 * @param {String|null} code of the supervisor; without one, the portal's session counts
 */
export async function enrol(code) {
    const key = await createKey();
    const {answer} = await postOpen("/guard/api/enrol", {
        code,
        public_key: await publicKey(key),
        name: phoneName(),
        app_version: APP_VERSION,
    });
    const row = {
        device: String(answer.device),
        name: answer.name,
        company: answer.company,
        employee: answer.employee,
        key,
        state: "active",
        enrolled: correctedNow(),
    };
    await write(["devices", "meta"], (stores) => {
        stores.devices.put(row);
        stores.meta.put({key: "current", value: row.device});
    });
    currentDevice.set(row);
    tabs.postMessage("changed");
    return row;
}

/** Forget a device that has nothing left to send. */
export async function forgetIfEmpty(token) {
    const events = await count("outbox", ofDevice(token));
    const photos = await count("blobs", ofDevice(token));
    if (events || photos || currentDevice.get()?.device === token) {
        return;
    }
    await write(["devices", "meta"], (stores) => {
        stores.devices.delete(token);
        stores.meta.delete(`head:${token}`);
    });
}

/**
 * The guard leaves this phone. What he may see goes at once; what he recorded stays
 * until the office has it, and goes on being sent with his own key.
 */
export async function logOut() {
    const {device} = currentDevice.get();
    await write(["bundle", "meta"], (stores) => {
        stores.bundle.delete(device);
        stores.meta.delete("current");
    });
    await updateDevice(device, {state: "left"});
    currentDevice.set(null);
    tabs.postMessage("changed");
}

/** Why the page cannot do its work here, or nothing. */
export async function whyNotHere() {
    if (!window.isSecureContext || !crypto.subtle) {
        return _t(
            "This address is not secure (it does not begin with https). On it the phone can " +
                "neither keep nor sign what you record. Ask your office for the https address."
        );
    }
    if (!navigator.locks || !window.indexedDB) {
        return _t("This browser is too old to keep what you record. Please update it.");
    }
    try {
        await createKey();
    } catch {
        return _t(
            "This browser is too old to sign what you record (Chrome 137, Safari 17 or " +
                "Firefox 129 at least). Please update it."
        );
    }
    return null;
}
