import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {serializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** Asks for the words that go with an action, and until when a decision holds. */
export class CoverNowDialog extends Component {
    static template = "security_missions.CoverNowDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        title: String,
        about: String,
        kind: String,
        tz: String,
        save: Function,
    };

    setup() {
        const until = DateTime.now().setZone(this.props.tz).plus({hours: 1});
        this.state = useState({
            note: "",
            until: until.toFormat("yyyy-MM-dd'T'HH:mm"),
            error: "",
            busy: false,
        });
    }

    get needsNote() {
        return this.props.kind !== "acknowledged";
    }

    async onSave() {
        if (this.needsNote && !this.state.note.trim()) {
            this.state.error = _t("Write what happened, or why.");
            return;
        }
        const decision = this.props.kind === "decision";
        const until = DateTime.fromISO(this.state.until, {zone: this.props.tz});
        if (decision && !until.isValid) {
            this.state.error = _t("Say until when the guard stays.");
            return;
        }
        this.state.busy = true;
        try {
            await this.props.save(
                this.state.note,
                decision ? serializeDateTime(until) : false
            );
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
