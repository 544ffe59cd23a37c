import {browser} from "@web/core/browser/browser";
import {onWillDestroy, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const POLL = 15000;
// What comes together is read together.
const GATHER = 150;

/**
 * Follows a channel of the bus while the connection is there, else asks every fifteen
 * seconds.
 *
 * @param {String} channel also the type of its messages, which may have ``ids``
 * @param {Number} refresh milliseconds after which all is read again in any case: time
 *     passes, and some facts are no news of the bus
 * @param {Function} reload called with the ids to read again, or nothing for all
 * @returns {{connected: Boolean}} reactive
 */
export function useLive(channel, refresh, reload) {
    const bus = useService("bus_service");
    const live = useState({connected: bus.workerState === "CONNECTED"});
    let waiting = new Set();
    let gather = null;
    const onNews = ({ids = []}) => {
        ids.forEach((id) => waiting.add(id));
        gather ??= browser.setTimeout(() => {
            const asked = [...waiting];
            waiting = new Set();
            gather = null;
            reload(asked);
        }, GATHER);
    };
    const onState = ({detail}) => {
        const connected = detail === "CONNECTED";
        // What was said meanwhile is not said again.
        if (connected && !live.connected) {
            reload();
        }
        live.connected = connected;
    };
    bus.subscribe(channel, onNews);
    bus.addEventListener("BUS:WORKER_STATE_UPDATED", onState);
    bus.addChannel(channel);
    const poll = browser.setInterval(() => live.connected || reload(), POLL);
    const again = browser.setInterval(() => reload(), refresh);
    onWillDestroy(() => {
        browser.clearInterval(poll);
        browser.clearInterval(again);
        browser.clearTimeout(gather);
        bus.unsubscribe(channel, onNews);
        bus.removeEventListener("BUS:WORKER_STATE_UPDATED", onState);
        bus.deleteChannel(channel);
    });
    return live;
}
