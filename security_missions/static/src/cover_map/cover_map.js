import {_t} from "@web/core/l10n/translation";
import {Component, onWillStart, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/**
 * Needed against planned at a glance: a row for each post, a column for each day.
 *
 * A period is one call; a cell opens the shifts of its day.
 */
export class CoverMap extends Component {
    static template = "security_missions.CoverMap";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        const {params} = this.props.action;
        this.domain = params?.domain || [];
        const from = params?.date_from ? DateTime.fromISO(params.date_from) : null;
        const month = DateTime.local().startOf("month");
        this.state = useState({
            from: from || month,
            to: from
                ? DateTime.fromISO(params.date_to)
                : month.endOf("month").startOf("day"),
            map: {days: [], rows: [], percent: false},
        });
        onWillStart(() => this.load());
    }

    get display() {
        return {controlPanel: {}};
    }

    get period() {
        return `${formatDate(this.state.from)} – ${formatDate(this.state.to)}`;
    }

    async load() {
        this.state.map = await this.keepLast.add(
            this.orm.call("security.post", "get_cover_map", [
                this.state.from.toISODate(),
                this.state.to.toISODate(),
                this.domain,
            ])
        );
    }

    /**
     * Shows a whole month, counted from the one the period starts in.
     *
     * @param {Number} step months forward
     */
    async move(step) {
        const month = this.state.from.startOf("month").plus({months: step});
        this.state.from = month;
        this.state.to = month.endOf("month").startOf("day");
        await this.load();
    }

    /**
     * What a cell shows, and the words for those who cannot see its colour.
     *
     * @param {Object} row
     * @param {Object} day
     * @returns {Object|null} null when nobody is needed nor planned
     */
    cell(row, day) {
        const cell = row.cells[day.date];
        if (!cell) {
            return null;
        }
        const label = `${row.name}, ${formatDate(DateTime.fromISO(day.date))}`;
        const title = `${label}\n${cell.title}`;
        if (cell.missing) {
            return {title, text: `−${cell.missing}`, kind: "gap"};
        }
        if (cell.surplus) {
            return {title, text: `+${cell.surplus}`, kind: "surplus"};
        }
        return {title, text: "✓", kind: "covered"};
    }

    get legend() {
        return [
            {kind: "gap", text: "−1", label: _t("Guards missing")},
            {kind: "surplus", text: "+1", label: _t("Guards too many")},
            {kind: "covered", text: "✓", label: _t("Covered")},
        ];
    }

    async open(row, day) {
        const action = await this.orm.call("security.post", "action_open_day", [
            [row.id],
            day.date,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("actions").add("security_missions.cover_map", CoverMap);
