import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {MOST_CHIPS, OPEN, abbreviation, drawnChips} from "./rota_model";
import {ackLabels, stateLabels, verdictLabels} from "./rota_labels";
import {localization} from "@web/core/l10n/localization";

const VERDICT_ICONS = {
    blocked: "fa-ban",
    override: "fa-hand-paper-o",
    warning: "fa-warning",
};
const ACK_ICONS = {
    pending: "fa-envelope-o",
    acknowledged: "fa-check-circle",
    changed: "fa-refresh",
};
const STATE_ICONS = {
    published: "fa-paper-plane",
    started: "fa-play-circle",
    done: "fa-check",
    cancelled: "fa-times",
};

/**
 * “19:00–07:00” as “19–7”: a column of a month is narrow. Minutes leave no place for
 * the end: “8:30” then, and the rest in the tooltip.
 */
function shortTimes(start, stop) {
    const hours = (time) => String(Number(time.split(":")[0]));
    return start.endsWith(":00") && stop.endsWith(":00")
        ? `${hours(start)}–${hours(stop)}`
        : start.replace(/^0/, "");
}

function number(value) {
    const text = String(Math.round(value * 10) / 10);
    return text.replace(".", localization.decimalPoint);
}

/** One row: its head with the totals, and a cell a day with its chips. */
export class RotaRow extends Component {
    static template = "security_missions.RotaRow";
    static props = {
        row: Object,
        index: Number,
        days: Array,
        scale: String,
        model: Object,
        focus: {type: [Object, {value: null}], optional: true},
        carried: {type: [Number, {value: null}], optional: true},
    };

    get isOpen() {
        return this.props.row.kind === OPEN;
    }

    get title() {
        return this.isOpen ? _t("To assign") : this.props.row.name;
    }

    /** The totals in words, for the tooltip and for who does not see. */
    get totals() {
        const {totals, kind, count} = this.props.row;
        if (kind !== "guard" || !totals) {
            return {line: _t("%s shifts", count), title: _t("%s shifts", count)};
        }
        const [planned, contract, nights, off, sundays, average] = totals;
        if (contract === false) {
            // The contract is not for whoever looks.
            const line = _t("%(planned)s h planned", {planned: number(planned)});
            return {line, title: line};
        }
        const month = this.props.model.month.toFormat("LLLL yyyy");
        return {
            over: contract && planned > contract,
            line: _t("%(planned)s/%(contract)s h", {
                planned: number(planned),
                contract: number(contract),
            }),
            nights: String(nights),
            sundays: `${off}/${sundays}`,
            average: number(average),
            title: _t(
                "%(month)s: %(planned)s h planned for %(contract)s h of contract, %(nights)s nights, %(off)s Sundays off out of %(sundays)s, %(average)s h a week on average over 12 weeks",
                {
                    month,
                    planned: number(planned),
                    contract: number(contract),
                    nights,
                    off,
                    sundays,
                    average: number(average),
                }
            ),
        };
    }

    chips(day) {
        return drawnChips(this.props.row, day.iso);
    }

    hidden(day) {
        const chips = this.props.row.cells[day.iso] || [];
        return this.props.row.opened ? 0 : Math.max(0, chips.length - MOST_CHIPS);
    }

    isFocus(day, position) {
        const {focus} = this.props;
        return focus && focus.day === day.iso && focus.position === position;
    }

    tabindex(day, position) {
        return this.isFocus(day, position) ? 0 : -1;
    }

    cellLabel(day) {
        const count = (this.props.row.cells[day.iso] || []).length;
        return _t("%(row)s, %(day)s, %(count)s shifts", {
            row: this.title,
            day: day.name,
            count,
        });
    }

    /** What a chip shows: words, icons and classes. */
    describe({shift, dim, selected}) {
        const {model, row, scale, carried} = this.props;
        const wide = scale !== "month";
        const what =
            row.kind === "post"
                ? model.guardName(shift.guard) || _t("Without guard")
                : model.postName(shift.post);
        const times = wide
            ? `${shift.start}–${shift.stop}`
            : shortTimes(shift.start, shift.stop);
        const state = stateLabels()[shift.status];
        const ack = ackLabels()[shift.ack];
        const verdict = verdictLabels()[shift.verdict];
        const told = [
            `${model.siteName(shift.post)} / ${model.postName(shift.post)}`,
            `${shift.start}–${shift.stop} (${number(shift.hours)} h)`,
            model.guardName(shift.guard) || _t("Without guard"),
            [state, ack, verdict].filter(Boolean).join(", "),
            ...shift.reasons,
        ];
        return {
            times,
            what: wide ? what : abbreviation(what),
            hours: scale === "week" ? `${number(shift.hours)} h` : "",
            title: told.join("\n"),
            verdictIcon: VERDICT_ICONS[shift.verdict],
            stateIcon: ACK_ICONS[shift.ack] || STATE_ICONS[shift.status],
            classes: [
                `o_rota_${shift.status}`,
                shift.ack ? `o_rota_ack_${shift.ack}` : "",
                shift.verdict ? `o_rota_verdict_${shift.verdict}` : "",
                dim ? "o_rota_dim" : "",
                selected ? "o_rota_selected" : "",
                carried === shift.id ? "o_rota_carried" : "",
            ].join(" "),
            selected,
        };
    }
}
