import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {Component, useState} from "@odoo/owl";
import {keyLabels, stateLabels, verdictLabels, ackLabels} from "./rota_labels";

/** A new shift: post, day, times and, if known already, its guard. */
export class RotaCreateDialog extends Component {
    static template = "security_missions.RotaCreateDialog";
    static components = {Dialog};
    static props = {model: Object, values: Object, create: Function, close: Function};

    setup() {
        this.state = useState({...this.props.values, busy: false});
    }

    get posts() {
        return [...this.props.model.posts.values()].sort((one, two) =>
            `${one.siteName}${one.name}`.localeCompare(`${two.siteName}${two.name}`)
        );
    }

    get guards() {
        return [...this.props.model.guards.values()];
    }

    async onCreate() {
        this.state.busy = true;
        const {post, guard, day, start, stop} = this.state;
        try {
            const done = await this.props.create({
                post_id: Number(post),
                employee_id: Number(guard) || false,
                day,
                start,
                stop,
            });
            if (done) {
                this.props.close();
            }
        } finally {
            this.state.busy = false;
        }
    }
}

/** What may be done with a shift, and what the rules say of it. */
export class RotaShiftDialog extends Component {
    static template = "security_missions.RotaShiftDialog";
    static components = {Dialog};
    static props = {model: Object, shift: Object, run: Function, close: Function};

    get title() {
        const {model, shift} = this.props;
        return `${model.siteName(shift.post)} / ${model.postName(shift.post)}`;
    }

    get facts() {
        const {model, shift} = this.props;
        const state = [stateLabels()[shift.status], ackLabels()[shift.ack]];
        return [
            [_t("Guard"), model.guardName(shift.guard) || _t("Without guard")],
            [_t("Times"), `${shift.start} – ${shift.stop} (${shift.hours} h)`],
            [_t("Status"), state.filter(Boolean).join(", ")],
            [_t("Verdict"), verdictLabels()[shift.verdict] || _t("Allowed")],
        ];
    }

    /** [what it is called here, its words, its icon] of what may be done now. */
    get actions() {
        const {shift, model} = this.props;
        const actions = [["open", _t("Open the shift"), "fa-external-link"]];
        if (!model.canWrite) {
            return actions;
        }
        if (["draft", "published"].includes(shift.state)) {
            actions.push(["pick", _t("Pick up"), "fa-hand-rock-o"]);
            actions.push(["swap", _t("Swap with…"), "fa-exchange"]);
            if (shift.guard) {
                actions.push(["unassign", _t("Take the guard off"), "fa-user-times"]);
            }
        }
        if (shift.state === "draft" && shift.guard) {
            actions.push(["publish", _t("Publish"), "fa-paper-plane"]);
        }
        if (["published", "cancelled"].includes(shift.state)) {
            actions.push(["draft", _t("Back to Draft"), "fa-pencil"]);
        }
        if (["draft", "published"].includes(shift.state)) {
            actions.push(["cancel", _t("Cancel the shift"), "fa-times"]);
        }
        if (["draft", "cancelled"].includes(shift.state)) {
            actions.push(["delete", _t("Delete"), "fa-trash"]);
        }
        return actions;
    }

    onAction(name) {
        this.props.close();
        this.props.run(name, this.props.shift.id);
    }
}

/** The keys of the board. */
export class RotaHelpDialog extends Component {
    static template = "security_missions.RotaHelpDialog";
    static components = {Dialog};
    static props = {close: Function};

    get title() {
        return _t("Keys of the rota board");
    }

    get keys() {
        return keyLabels();
    }
}
