import {createStore} from "./store";
import {currentDevice} from "./device";
import {get, put} from "./db";
import {signed} from "./api";

// What the office lets this guard see, as the phone keeps it.
export const bundleStore = createStore({});

export async function loadBundle() {
    const device = currentDevice.get();
    const row = device ? await get("bundle", device.device) : null;
    bundleStore.set(row ? row.content : {});
}

/**
 * Ask for it; nothing is sent when it has not changed.
 *
 * @param {Object} device
 */
export async function fetchBundle(device) {
    const kept = await get("bundle", device.device);
    const headers = kept?.etag ? {"If-None-Match": kept.etag} : {};
    const {
        status,
        answer,
        headers: got,
    } = await signed(device, "GET", "/guard/api/bundle", {headers});
    // Whoever logged out meanwhile leaves nothing behind.
    if (status === 304 || currentDevice.get()?.device !== device.device) {
        return;
    }
    await put("bundle", {
        device: device.device,
        etag: got.get("ETag"),
        content: answer,
    });
    bundleStore.set(answer);
}
