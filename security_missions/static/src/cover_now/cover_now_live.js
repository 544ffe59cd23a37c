import {browser} from "@web/core/browser/browser";
import {onWillDestroy, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const CHANNEL = "security_cover_now";
const POLL = 15000;
// The window of hours moves on, even when nothing happens.
const REFRESH = 300000;
// Several ids that come together are read together.
const GATHER = 150;

/**
 * Follows the shifts of the firm: through the bus while the connection is there, else
 * by asking every fifteen seconds.
 *
 * @param {Function} reload called with the ids to read again, or nothing for all
 * @returns {{connected: Boolean}} reactive
 */
export function useCoverLive(reload) {
    const bus = useService("bus_service");
    const live = useState({connected: bus.workerState === "CONNECTED"});
    let waiting = new Set();
    let gather = null;
    const onShifts = ({ids}) => {
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
    bus.subscribe(CHANNEL, onShifts);
    bus.addEventListener("BUS:WORKER_STATE_UPDATED", onState);
    bus.addChannel(CHANNEL);
    const poll = browser.setInterval(() => live.connected || reload(), POLL);
    const refresh = browser.setInterval(() => reload(), REFRESH);
    onWillDestroy(() => {
        browser.clearInterval(poll);
        browser.clearInterval(refresh);
        browser.clearTimeout(gather);
        bus.unsubscribe(CHANNEL, onShifts);
        bus.removeEventListener("BUS:WORKER_STATE_UPDATED", onState);
        bus.deleteChannel(CHANNEL);
    });
    return live;
}
