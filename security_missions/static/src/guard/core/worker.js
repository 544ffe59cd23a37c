import {createStore} from "./store";

const HOUR = 3600 * 1000;
// A page just opened may change under nobody's fingers.
const JUST_OPENED = 4000;

// The new version of the page that waits, if any.
export const updateState = createStore(null);
let reloading = false;

function follow(registration) {
    const look = () => {
        if (registration.waiting && navigator.serviceWorker.controller) {
            updateState.set(registration.waiting);
        }
    };
    look();
    registration.addEventListener("updatefound", () => {
        registration.installing?.addEventListener("statechange", look);
    });
}

/** Change to the new version now: the guard said so, or nothing is lost by it. */
export function applyUpdate() {
    updateState.get()?.postMessage("change");
}

/**
 * Let the page work without network, and learn of new versions.
 *
 * @param {Function} isIdle whether the queue is empty
 */
export async function startWorker(isIdle) {
    if (!navigator.serviceWorker) {
        return;
    }
    const had = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
        if (had && !reloading) {
            reloading = true;
            location.reload();
        }
    });
    const opened = performance.now();
    updateState.subscribe(async (waiting) => {
        const early = performance.now() - opened < JUST_OPENED;
        if (waiting && (early || document.hidden) && (await isIdle())) {
            applyUpdate();
        }
    });
    document.addEventListener("visibilitychange", async () => {
        if (document.hidden && updateState.get() && (await isIdle())) {
            applyUpdate();
        }
    });
    const registration = await navigator.serviceWorker.register("/guard/sw.js", {
        scope: "/guard/",
    });
    if (!registration) {
        return;
    }
    follow(registration);
    setInterval(() => registration.update().catch(() => null), HOUR);
}
