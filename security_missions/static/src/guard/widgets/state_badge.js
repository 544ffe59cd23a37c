import {html} from "@security_missions/guard/core/html";
import {_t} from "@security_missions/guard/core/i18n";
import {Icon} from "./icon";

const LOOKS = {
    here: ["wait", "wait", () => _t("On this phone")],
    quarantined: ["wait", "cloud", () => _t("Received, a supervisor looks at it")],
    accepted: ["good", "check", () => _t("Accepted")],
    duplicate: ["good", "check", () => _t("Accepted")],
    flagged: ["wait", "check", () => _t("Accepted with a remark")],
    conflict: ["bad", "alarm", () => _t("Received twice with different content")],
    refused: ["bad", "alarm", () => _t("Refused")],
};

/** Where an event of the phone is: never by colour alone. */
export function StateBadge({state}) {
    const [tone, icon, words] = LOOKS[state] || LOOKS.here;
    return html`<span class=${`badge ${tone}`}
        ><${Icon} name=${icon} />${words()}</span
    >`;
}
