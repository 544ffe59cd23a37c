import {_t} from "@web/core/l10n/translation";
import {Component, useState} from "@odoo/owl";
import {ackLabels, scaleLabels, stateLabels, verdictLabels} from "./rota_labels";

const ICONS = {
    published: "fa-paper-plane",
    started: "fa-play-circle",
    done: "fa-check",
    pending: "fa-envelope-o",
    acknowledged: "fa-check-circle",
    changed: "fa-refresh",
    warning: "fa-warning",
    override: "fa-hand-paper-o",
    blocked: "fa-ban",
};

/** What is shown, of what period, and the words of the colours. */
export class RotaToolbar extends Component {
    static template = "security_missions.RotaToolbar";
    static props = {
        state: Object,
        model: Object,
        title: String,
        isSmall: Boolean,
        canUndo: Boolean,
        run: Function,
    };

    setup() {
        this.local = useState({open: false});
    }

    get scales() {
        return Object.entries(scaleLabels());
    }

    get filters() {
        const {model} = this.props;
        return [
            {name: "site", label: _t("All sites"), values: model.sites},
            {name: "mission", label: _t("All missions"), values: model.missions},
            {name: "skill", label: _t("All qualifications"), values: model.skills},
        ];
    }

    get legend() {
        const entries = [];
        const add = (labels, prefix) => {
            for (const [key, label] of Object.entries(labels)) {
                entries.push({
                    label,
                    icon: ICONS[key],
                    classes: prefix ? `${prefix}${key}` : "",
                });
            }
        };
        add(stateLabels(), "o_rota_");
        add(ackLabels(), "o_rota_ack_");
        add(verdictLabels(), "o_rota_verdict_");
        return entries;
    }
}
