import {applyUpdate, updateState} from "./core/worker";
import {useBundle, useClock, useDevice, useOutbox} from "./core/state";
import {Button} from "./widgets/button";
import {Card} from "./widgets/card";
import {DOUBTFUL, serverOffset} from "./core/clock";
import {_t} from "./core/i18n";
import {duration} from "./core/format";
import {go, route} from "./core/route";
import {html} from "./core/html";
import {storageState} from "./core/storage";
import {useStore} from "./core/store";

function Revoked({why}) {
    return html`<${Card}
        title=${_t("This phone is no longer allowed")}
        icon="alarm"
        tone="bad"
    >
        <p>${why || _t("Your office has withdrawn it.")}</p>
        <p>
            ${_t(
                "What you recorded is still on this phone. Hand it over as a file, or ask your " +
                    "office for a new code."
            )}
        </p>
        <${Button} icon="download" onClick=${() => go("queue")}>${_t("Hand over")}<//>
        <${Button} icon="qr" onClick=${() => go("enrol")}>${_t("Enter a new code")}<//>
    <//>`;
}

function WrongClock({offset}) {
    return html`<${Card}
        title=${_t("The clock of this phone is wrong")}
        icon="clock"
        tone="wait"
    >
        <p>
            ${_t(
                "It differs by %s from the office's. Both times are kept; the office's counts. " +
                    "Set the phone to automatic time.",
                duration(Math.abs(offset))
            )}
        </p>
    <//>`;
}

function Storage() {
    const {kept, little} = useStore(storageState);
    const {screen} = useStore(route);
    const waiting = useOutbox().length;
    if (little) {
        return html`<${Card}
            title=${_t("Little room left on this phone")}
            icon="alarm"
            tone="wait"
        >
            <p>${_t("Delete photos or apps, else what you record may not be kept.")}</p>
        <//>`;
    }
    // Where the guard looks whether it is sent, and not between him and his work.
    if (!kept && waiting && screen === "queue") {
        return html`<${Card}
            title=${_t("Install this page")}
            icon="download"
            tone="wait"
        >
            <p>
                ${_t(
                    "The browser may clear what waits when the phone is full. Add this page to " +
                        "the home screen: it is then kept."
                )}
            </p>
        <//>`;
    }
    return null;
}

function Old({expires}) {
    const now = useClock(60000);
    return expires && now > Date.parse(expires)
        ? html`<${Card} title=${_t("What you see is old")} icon="refresh" tone="wait">
              <p>
                  ${_t(
                      "Find a network to see the latest rota and orders. Recording works."
                  )}
              </p>
          <//>`
        : null;
}

/** What the guard must know before anything else, above every screen. */
export function Notices() {
    const device = useDevice();
    const bundle = useBundle();
    const update = useStore(updateState);
    useClock(60000);
    const offset = serverOffset() || 0;
    return html`
        ${device?.state === "revoked" && html`<${Revoked} why=${device.why} />`}
        ${Math.abs(offset) > DOUBTFUL && html`<${WrongClock} offset=${offset} />`}
        ${update &&
        html`<${Card} title=${_t("A new version is ready")} icon="refresh">
            <${Button} icon="refresh" onClick=${applyUpdate}>${_t("Update")}<//>
        <//>`}
        <${Old} expires=${bundle.expires} />
        <${Storage} />
    `;
}
