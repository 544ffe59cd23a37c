import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** Where the planned and the worked bar of a shift are, on the clock of its site. */
export class CoverNowBars extends Component {
    millis(text) {
        return deserializeDateTime(text, {tz: "utc"}).toMillis();
    }

    time(row, name) {
        return deserializeDateTime(row[name], {tz: row.tz}).toFormat("HH:mm");
    }

    range(tz) {
        const now = DateTime.fromMillis(this.state.now, {zone: tz});
        const {around} = this.state;
        const [first, last] = this.state.wholeDay
            ? [now.startOf("day"), now.startOf("day").plus({days: 1})]
            : [now.minus({hours: around}), now.plus({hours: around})];
        return {first: first.toMillis(), last: last.toMillis(), now, tz};
    }

    place(range, millis) {
        const share = (millis - range.first) / (range.last - range.first);
        return Math.min(100, Math.max(0, 100 * share));
    }

    bar(range, start, stop) {
        const left = this.place(range, start);
        const width = this.place(range, stop) - left;
        return width > 0 ? `left: ${left}%; width: ${width}%` : "display: none";
    }

    planned(range, row) {
        return this.bar(range, this.millis(row.start), this.millis(row.stop));
    }

    worked(range, row) {
        if (!row.entered) {
            return "display: none";
        }
        const stop = row.left ? this.millis(row.left) : this.state.now;
        return this.bar(range, this.millis(row.entered), stop);
    }

    nowLine(range) {
        return `left: ${this.place(range, this.state.now)}%`;
    }

    hours(range) {
        const first = DateTime.fromMillis(range.first, {zone: range.tz});
        const step = this.state.wholeDay ? 4 : 2;
        const marks = [];
        let mark = first.startOf("hour").plus({hours: 1});
        while (mark.toMillis() < range.last) {
            if (mark.hour % step === 0) {
                const left = this.place(range, mark.toMillis());
                if (left > 2 && left < 98) {
                    marks.push({text: mark.toFormat("HH:mm"), style: `left: ${left}%`});
                }
            }
            mark = mark.plus({hours: 1});
        }
        return marks;
    }

    relief(row) {
        const names = row.relief.filter(Boolean).join(", ");
        return names ? _t("Waits for %(names)s", {names}) : _t("No relief is planned");
    }

    duration(minutes) {
        const rest = String(minutes % 60).padStart(2, "0");
        return _t("%(hours)s h %(minutes)s", {
            hours: Math.floor(minutes / 60),
            minutes: rest,
        });
    }
}
