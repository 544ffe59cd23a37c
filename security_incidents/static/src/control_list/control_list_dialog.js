import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {serializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** Asks for the words that go with an action, and until when an alarm is put aside. */
export class ControlListDialog extends Component {
    static template = "security_incidents.ControlListDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        title: String,
        about: String,
        kind: String,
        save: Function,
    };

    setup() {
        this.state = useState({note: "", minutes: 30, error: "", busy: false});
    }

    async onSave() {
        if (!this.state.note.trim()) {
            this.state.error = _t("Write what happened, or why.");
            return;
        }
        this.state.busy = true;
        const until = DateTime.utc().plus({minutes: this.state.minutes});
        try {
            await this.props.save(this.state.note, serializeDateTime(until));
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
