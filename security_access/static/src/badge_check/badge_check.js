import {_t} from "@web/core/l10n/translation";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {Component, useState} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const {DateTime} = luxon;

/** How many checks the officer can look back on. */
const HISTORY_LENGTH = 10;

/**
 * The screen of the gate: a badge is scanned (keyboard-like scanner or camera) or its
 * code typed, and the answer fills the screen in green, orange or red.
 *
 * Nothing keeps the focus, so that a scanner always reaches the barcode service; the
 * field for typing only has it while somebody types.
 */
export class BadgeCheck extends Component {
    static template = "security_access.BadgeCheck";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.hasCamera = isBarcodeScannerSupported();
        this.state = useState({typed: "", busy: false, verdict: null, history: []});
        this.checks = 0;
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", (ev) => this.check(ev.detail.barcode));
    }

    /** The word and the icon that say the colour to those who do not see it. */
    get headings() {
        return {
            green: {word: _t("Go"), icon: "fa-check-circle"},
            orange: {word: _t("Check why"), icon: "fa-exclamation-circle"},
            red: {word: _t("Stop"), icon: "fa-times-circle"},
        };
    }

    /**
     * Asks the server about one code and shows its answer.
     *
     * @param {string} code what was scanned or typed
     */
    async check(code) {
        const number = ++this.checks;
        // A failed or slow call must never leave the answer of the badge before.
        this.state.verdict = null;
        this.state.busy = true;
        try {
            const verdict = await this.orm.call("security.badge", "check", [code]);
            verdict.time = formatDateTime(DateTime.now(), {format: "HH:mm:ss"});
            verdict.number = number;
            this.state.history.unshift(verdict);
            this.state.history.splice(HISTORY_LENGTH);
            if (number === this.checks) {
                this.state.verdict = verdict;
            }
        } finally {
            if (number === this.checks) {
                this.state.busy = false;
            }
        }
    }

    /** Checks what was typed, and leaves the field ready for the scanner. */
    async onSubmit() {
        const code = this.state.typed.trim();
        this.state.typed = "";
        document.activeElement?.blur();
        if (code) {
            await this.check(code);
        }
    }

    async onCamera() {
        document.activeElement?.blur();
        let code = null;
        try {
            code = await scanBarcode(this.env);
        } catch (error) {
            this.notification.add(error.message || _t("The camera read nothing."), {
                type: "warning",
            });
            return;
        }
        if ("vibrate" in navigator) {
            navigator.vibrate(100);
        }
        await this.check(code);
    }
}

registry.category("actions").add("security_access.badge_check", BadgeCheck);
