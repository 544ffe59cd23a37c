import {html, useState} from "@security_missions/guard/core/html";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {QrScan} from "@security_missions/guard/widgets/qr_scan";
import {Unreachable} from "@security_missions/guard/core/api";
import {_t, chooseLanguage, language} from "@security_missions/guard/core/i18n";
import {enrol} from "@security_missions/guard/core/device";
import {flushNow} from "@security_missions/guard/core/sync";
import {go} from "@security_missions/guard/core/route";

const LINK = /#enrol=([^&\s]+)/;
const HERE = "/web/login?redirect=/guard/%23enrol%3Dportal";
// The word that the portal's login leaves in the address when it comes back.
const PORTAL = "portal";

const REASONS = {
    code_wrong: () =>
        _t("This code is wrong or too old: ask your supervisor for another."),
    throttled: () => _t("Too many wrong codes: wait a quarter of an hour."),
    not_guard: () => _t("This login is not that of a guard: ask your office."),
    login: () => _t("Log in with your password first, or use a code."),
};

function inWords(error) {
    if (error instanceof Unreachable) {
        return _t("The office cannot be reached: find a network and try again.");
    }
    const {message} = error.answer || error;
    return message || REASONS[error.code]?.() || _t("It did not work: try again.");
}

/** The code in what was typed or scanned: itself, or the end of the link that holds it. */
const codeOf = (text) => decodeURIComponent(LINK.exec(text)?.[1] || text).trim();

function Languages() {
    const shown = language.get();
    return html`<p class="languages">
        ${[
            ["fr", "Français"],
            ["en", "English"],
        ].map(
            ([code, word]) =>
                html`<button
                    type="button"
                    class="link"
                    lang=${code}
                    aria-pressed=${shown === code}
                    onClick=${() => chooseLanguage(code)}
                >
                    ${word}
                </button>`
        )}
    </p>`;
}

/**
 * This phone becomes the guard's, by a code of his supervisor or by his portal login.
 * A link only fills in the code: nobody becomes somebody else by opening an address.
 */
export function Enrol({code}) {
    const [typed, setTyped] = useState(code && code !== PORTAL ? code : "");
    const [scanning, setScanning] = useState(false);
    const [problem, setProblem] = useState("");
    const [busy, setBusy] = useState(false);
    const enter = async (text) => {
        setBusy(true);
        setProblem("");
        try {
            await enrol(text && codeOf(text));
            go("home");
            flushNow();
        } catch (error) {
            setProblem(inWords(error));
        }
        setBusy(false);
    };
    return html`<${Card} top title=${_t("Guard's page")} icon="person">
            <p>
                ${_t(
                    "Tell your office which phone is yours. It takes a network, once."
                )}
            </p>
            ${problem && html`<p class="problem" role="alert">${problem}</p>`}
            ${busy && html`<p role="status">${_t("One moment…")}</p>`}
            ${code === PORTAL &&
            html`<${Button} kind="big" icon="check" onClick=${() => enter(null)}>
                ${_t("This is my phone")}
            <//>`}
            ${scanning
                ? html`<${QrScan} onCode=${enter} />`
                : html`<${Button}
                      kind="big"
                      icon="qr"
                      onClick=${() => setScanning(true)}
                  >
                      ${_t("Scan the code of my supervisor")}
                  <//>`}
        <//>
        <${Card}>
            <${Field}
                label=${_t("Code of my supervisor")}
                value=${typed}
                onChange=${setTyped}
                autocomplete="one-time-code"
            />
            <${Button}
                kind="primary"
                icon="check"
                disabled=${busy || !typed.trim()}
                onClick=${() => enter(typed)}
            >
                ${_t("Use this code")}
            <//>
        <//>
        <${Card}>
            <${Button} icon="person" href=${HERE}>${_t("Log in with my password")}<//>
            <${Languages} />
        <//>`;
}
