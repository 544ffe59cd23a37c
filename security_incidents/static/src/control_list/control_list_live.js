import {browser} from "@web/core/browser/browser";
import {onWillDestroy, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const CHANNEL = "security_alerts";
const POLL = 15000;
// Signs of life are no news of the bus: they are read again as often as they come.
const REFRESH = 30000;
const GATHER = 100;

/**
 * Follows the alarms of the firm: through the bus while the connection is there, else
 * by asking every fifteen seconds.
 *
 * @param {Function} reload reads everything again
 * @returns {{connected: Boolean}} reactive
 */
export function useControlLive(reload) {
    const bus = useService("bus_service");
    const live = useState({connected: bus.workerState === "CONNECTED"});
    let gather = null;
    const onAlerts = () => {
        gather ??= browser.setTimeout(() => {
            gather = null;
            reload();
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
    bus.subscribe(CHANNEL, onAlerts);
    bus.addEventListener("BUS:WORKER_STATE_UPDATED", onState);
    bus.addChannel(CHANNEL);
    const poll = browser.setInterval(() => live.connected || reload(), POLL);
    const refresh = browser.setInterval(() => live.connected && reload(), REFRESH);
    onWillDestroy(() => {
        browser.clearInterval(poll);
        browser.clearInterval(refresh);
        browser.clearTimeout(gather);
        bus.unsubscribe(CHANNEL, onAlerts);
        bus.removeEventListener("BUS:WORKER_STATE_UPDATED", onState);
        bus.deleteChannel(CHANNEL);
    });
    return live;
}
