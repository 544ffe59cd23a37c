import {useClock, useOutbox, useSync} from "@security_missions/guard/core/state";
import {Icon} from "./icon";
import {_t, counted} from "@security_missions/guard/core/i18n";
import {duration, time} from "@security_missions/guard/core/format";
import {flushNow} from "@security_missions/guard/core/sync";
import {html} from "@security_missions/guard/core/html";

const MINUTE = 60000;

function look({online, since, sentAt, photos, problem}, waiting) {
    if (problem) {
        return ["bad", "alarm", problem.message || _t("The office refuses this phone")];
    }
    if (!online) {
        const away = Date.now() - since;
        return [
            "bad",
            "cloud",
            away < MINUTE
                ? _t("Offline – kept on this phone")
                : _t("Offline %s – kept on this phone", duration(away)),
        ];
    }
    if (waiting) {
        return ["wait", "wait", _t("%s waiting", waiting)];
    }
    if (photos) {
        return [
            "wait",
            "wait",
            counted(
                photos,
                _t("%s photo waiting", photos),
                _t("%s photos waiting", photos)
            ),
        ];
    }
    return [
        "good",
        "check",
        sentAt ? _t("All sent %s", time(sentAt)) : _t("Nothing to send"),
    ];
}

/** Is it sent? Always on the screen; a touch asks again. */
export function SyncPill() {
    useClock();
    const sync = useSync();
    const waiting = useOutbox().length;
    const [tone, icon, words] = look(sync, waiting);
    return html`<button
        type="button"
        class=${`pill ${tone}`}
        onClick=${() => flushNow()}
    >
        <${Icon} name=${icon} /><span role="status">${words}</span>
    </button>`;
}
