import {Domain} from "@web/core/domain";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {escape} from "@web/core/utils/strings";
import {TimelineModel} from "@web_timeline/views/timeline/timeline_model.esm";

const {DateTime} = luxon;
// Rows of guards who have no shift in sight: more would bury the rota.
const MAX_FREE_GUARDS = 200;
// A sign, so that the colour is never alone to tell.
const VERDICT_SIGNS = {blocked: "⛔", override: "✋", warning: "⚠"};
// More would hide the board behind its own tooltip.
const MAX_REASONS = 4;

export class ShiftTimelineModel extends TimelineModel {
    setup(params) {
        super.setup(params);
        const now = DateTime.now();
        this.range = {start: now.minus({weeks: 2}), stop: now.plus({weeks: 2})};
        // The week to open on, when not the current one.
        this.focus = null;
        this.looked = false;
    }

    /**
     * Load the shifts of the range only: the history of a firm is long.
     *
     * @override
     */
    async load(searchParams) {
        // A row is a record: nothing else can be grouped by here.
        const groupBy = (searchParams.groupBy || []).filter(
            (name) => this.fields[name]?.type === "many2one"
        );
        if (!this.looked) {
            this.looked = true;
            await this._lookForShifts(searchParams);
        }
        const domain = Domain.and([searchParams.domain, this._rangeDomain()]).toList();
        await super.load({...searchParams, groupBy, domain});
    }

    /** Make the range go one window beyond what is seen, on both sides. */
    setRange(start, stop) {
        const margin = stop.diff(start);
        this.range = {start: start.minus(margin), stop: stop.plus(margin)};
    }

    isLoaded(start, stop) {
        return start >= this.range.start && stop <= this.range.stop;
    }

    /** Guards who hold a card, whether or not they have a shift: `[{id, name}]`. */
    async loadGuards() {
        const companies = user.context.allowed_company_ids || [];
        return this.orm.searchRead(
            "hr.employee.public",
            [
                ["has_card", "=", true],
                ["company_id", "in", companies],
            ],
            ["name"],
            {limit: MAX_FREE_GUARDS, order: "name"}
        );
    }

    _rangeDomain({start, stop} = this.range) {
        return [
            [this.date_start, "<", serializeDateTime(stop)],
            [this.date_stop, ">", serializeDateTime(start)],
        ];
    }

    /** Nothing to show this week: open on the first shift that is still to come. */
    async _lookForShifts({domain, context}) {
        const now = DateTime.now();
        const week = {start: now.startOf("week"), stop: now.endOf("week")};
        const find = (extra) =>
            this.orm.searchRead(
                this.model_name,
                Domain.and([domain, extra]).toList(),
                [this.date_start],
                {context, limit: 1, order: this.date_start}
            );
        if ((await find(this._rangeDomain(week))).length) {
            return;
        }
        const [next] = await find([[this.date_start, ">", serializeDateTime(now)]]);
        if (next) {
            this.focus = deserializeDateTime(next[this.date_start]);
            this.setRange(this.focus.startOf("week"), this.focus.endOf("week"));
        }
    }

    /** @override */
    _event_data_transform(record) {
        const item = super._event_data_transform(record);
        item.className = `o_shift_${record.board_status} o_verdict_${record.eligibility}`;
        const [first, ...others] = this._lines(record);
        const sign = VERDICT_SIGNS[record.eligibility];
        item.content = [sign ? `${sign} ${first}` : first, ...others]
            .map((line) => `<div class="o_shift_line">${escape(line)}</div>`)
            .join("");
        item.title = this._tooltip(record);
        return item;
    }

    /** What the row does not say already, in two short lines. */
    _lines(record) {
        const guard = record.employee_id ? record.employee_id[1] : _t("Without guard");
        // A post is shown as "site / post".
        const [site, ...post] = record.post_id[1].split(" / ");
        switch (this.last_group_bys[0]) {
            case "employee_id":
                return [post.join(" / "), site];
            case "post_id":
                return [guard, this._hours(record)];
        }
        return [guard, post.join(" / ")];
    }

    _hours(record) {
        return this._get_event_dates(record)
            .map((date) => date.toLocal().toFormat("HH:mm"))
            .join("-");
    }

    _tooltip(record) {
        const labels = Object.fromEntries(this.fields.board_status.selection);
        const guard = record.employee_id ? record.employee_id[1] : _t("Without guard");
        // A shift that only lacks its guard needs no second word for it.
        const status = record.employee_id ? [labels[record.board_status]] : [];
        const reasons = this._reasons(record);
        return [record.post_id[1], this._hours(record), guard, ...status, ...reasons]
            .map((line) => `<div>${escape(line)}</div>`)
            .join("");
    }

    /** Why the guard may not be there, the worst first, in the reader's language. */
    _reasons(record) {
        const lang = user.lang.slice(0, 2);
        const findings = (record.eligibility_findings || []).filter(
            (finding) => finding.severity !== "info"
        );
        return findings.slice(0, MAX_REASONS).map((finding) => {
            const {text} = finding.words?.[lang] || finding;
            return `${finding.rule} · ${text}`;
        });
    }
}
