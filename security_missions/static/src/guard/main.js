import {html, render} from "./core/html";
import {currentDevice, loadDevice, whyNotHere} from "./core/device";
import {App} from "./app";
import {askStorage} from "./core/storage";
import {countWaiting, startSync, syncState} from "./core/sync";
import {loadBundle} from "./core/bundle";
import {loadTerms} from "./core/i18n";
import {refreshOutbox} from "./core/outbox";
import {startTheme} from "./core/theme";
import {startNews} from "./core/news";
import {startWorker} from "./core/worker";

async function isIdle() {
    await countWaiting();
    return !syncState.get().waiting;
}

/** Everything that belongs to the guard in use, read again. */
async function showDevice() {
    await loadBundle();
    await refreshOutbox();
    await countWaiting();
}

async function start() {
    const place = document.getElementById("app");
    startTheme();
    await loadTerms();
    const problem = await whyNotHere();
    if (!problem) {
        await loadDevice();
        await showDevice();
        currentDevice.subscribe(showDevice);
    }
    place.replaceChildren();
    render(html`<${App} problem=${problem} />`, place);
    performance.mark("guard-usable");
    if (!problem) {
        await startSync();
        await askStorage();
        await startWorker(isIdle);
        await startNews();
    }
}

document.addEventListener("DOMContentLoaded", start);
