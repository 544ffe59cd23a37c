import {useEffect, useState} from "./html";
import {bundleStore} from "./bundle";
import {correctedNow} from "./clock";
import {currentDevice} from "./device";
import {outboxItems} from "./outbox";
import {syncState} from "./sync";
import {useStore} from "./store";

/** What the office lets this guard see; `{}` before the first time. */
export const useBundle = () => useStore(bundleStore);
/** Events that the office has not settled, the newest first. */
export const useOutbox = () => useStore(outboxItems).filter((item) => item.waiting);
/** All events that the phone still shows, answered ones included. */
export const useHistory = () => useStore(outboxItems);
export const useDevice = () => useStore(currentDevice);
export const useSync = () => useStore(syncState);

/** Now by the office's clock, in milliseconds; ticks. */
export function useClock(every = 15000) {
    const [now, setNow] = useState(correctedNow());
    useEffect(() => {
        const timer = setInterval(() => setNow(correctedNow()), every);
        return () => clearInterval(timer);
    }, [every]);
    return now;
}
