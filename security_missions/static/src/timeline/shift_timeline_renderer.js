import {_t} from "@web/core/l10n/translation";
import {useState} from "@odoo/owl";
import {escape} from "@web/core/utils/strings";
import {TimelineRenderer} from "@web_timeline/views/timeline/timeline_renderer.esm";

const {DateTime} = luxon;
// Labels of the time axis, in the language of the user (the library knows English).
const MINOR_FORMATS = {
    minute: "HH:mm",
    hour: "HH:mm",
    weekday: "ccc d",
    day: "d",
    week: "W",
    month: "LLL",
    year: "yyyy",
};
const MAJOR_FORMATS = {
    minute: "cccc d LLLL",
    hour: "cccc d LLLL",
    weekday: "LLLL yyyy",
    day: "LLLL yyyy",
    week: "LLLL yyyy",
    month: "yyyy",
    year: "",
};

export class ShiftTimelineRenderer extends TimelineRenderer {
    static template = "security_missions.ShiftTimelineRenderer";
    static props = {...TimelineRenderer.props, onRangeChanged: Function};

    setup() {
        super.setup();
        this.free = useState({shown: true});
        this.guards = null;
        this.options.format = {
            minorLabels: (date, scale) => this._label(date, MINOR_FORMATS[scale]),
            majorLabels: (date, scale) => this._label(date, MAJOR_FORMATS[scale]),
        };
        // One gesture assigns: no need to select the shift first.
        this.options.itemsAlwaysDraggable = {item: true, range: false};
        this.options.snap = (date) => this._quarter(date);
    }

    /** Colours and their meaning, in the order of a shift's life. */
    get legend() {
        return this.fields.board_status.selection.map(([key, label]) => ({key, label}));
    }

    get groupedByGuard() {
        return this.model.last_group_bys[0] === "employee_id";
    }

    _label(date, format) {
        return format ? DateTime.fromJSDate(date.toDate()).toFormat(format) : "";
    }

    _quarter(date) {
        const step = 15 * 60 * 1000;
        return new Date(Math.round(date / step) * step);
    }

    /** @override */
    _computeMode() {
        super._computeMode();
        if (this.model.focus) {
            this.options.start = this.model.focus.startOf("week").toJSDate();
            this.options.end = this.model.focus.endOf("week").toJSDate();
        }
    }

    /** @override */
    init_timeline() {
        super.init_timeline();
        this.timeline.on("rangechanged", ({start, end}) =>
            this.props.onRangeChanged(
                DateTime.fromJSDate(new Date(start)),
                DateTime.fromJSDate(new Date(end))
            )
        );
    }

    /** Go one window back (-1) or forward (1). */
    moveWindow(direction) {
        const {start, end} = this.timeline.getWindow();
        const step = (end - start) * direction;
        this.timeline.setWindow(new Date(+start + step), new Date(+end + step));
    }

    toggleFreeGuards() {
        this.free.shown = !this.free.shown;
        this.on_data_loaded(this.model.data);
    }

    /**
     * Rows in the order of their names, the shifts without a guard on top, and a row
     * for every guard who is free.
     *
     * @override
     */
    async split_groups(records) {
        const groups = await super.split_groups(records);
        const [unassigned, ...rows] = groups;
        if (this.groupedByGuard && this.model.canEdit && this.free.shown) {
            this.guards ??= await this.model.loadGuards();
            const known = new Set(rows.map(({id}) => id));
            rows.push(
                ...this.guards
                    .filter(({id}) => !known.has(id))
                    .map(({id, name}) => ({
                        id,
                        content: name,
                        className: "o_free_guard",
                    }))
            );
        }
        rows.sort((one, two) => one.content.localeCompare(two.content));
        rows.forEach((row, index) => {
            row.order = index + 1;
            row.content = escape(row.content);
        });
        unassigned.content = `<b>${escape(_t("Without guard"))}</b>`;
        return this.groupedByGuard ? [unassigned, ...rows] : rows;
    }
}
