const {DateTime} = luxon;

/** The key of the row of the shifts that nobody holds. */
export const OPEN = "open";
export const SCALES = {month: 31, fortnight: 14, week: 7};
const CHIP_HEIGHT = 34;
const ROW_HEIGHT = 50;
const PADDING = 4;
// On a phone a row is a card: its head, and larger chips.
const CARD_HEAD = 62;
const CARD_CHIP = 48;
/** More chips than that in one cell wait behind a button. */
export const MOST_CHIPS = 4;

/** The chips of a cell that are drawn: all of them only when its row is opened. */
export function drawnChips(row, day) {
    const chips = row?.cells[day] || [];
    return row?.opened ? chips : chips.slice(0, MOST_CHIPS);
}

/** First letters of the words of a name, or the first letters of its only word. */
export function abbreviation(name) {
    const words = name.split(/[\s/,.-]+/).filter(Boolean);
    if (words.length === 1) {
        return words[0].slice(0, 4);
    }
    return words
        .slice(0, 4)
        .map((word) => word[0].toUpperCase())
        .join("");
}

/** Lower case without accents, so that “Helene” finds “Hélène”. */
function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether two rows are drawn alike: a move touches one or two of a hundred. */
export function sameRow(one, two) {
    const alike = (name) => one[name] === two[name];
    return (
        ["name", "sub", "totals", "count", "height", "opened", "more"].every(alike) &&
        Object.entries(two.cells).every(([day, chips]) => {
            const before = one.cells[day] || [];
            return (
                before.length === chips.length &&
                chips.every(
                    ({shift, dim, selected}, n) =>
                        shift === before[n].shift &&
                        dim === before[n].dim &&
                        selected === before[n].selected
                )
            );
        })
    );
}

/**
 * What the screen knows: the shifts of a period, the guards and the posts, and the
 * rows they make by guard or by post. One call loads it, one call changes it.
 */
export class RotaModel {
    constructor(orm) {
        this.orm = orm;
        this.shifts = new Map();
        this.guards = new Map();
        this.posts = new Map();
        this.sites = [];
        this.missions = [];
        this.skills = [];
        this.days = [];
        this.canWrite = false;
    }

    /** What each filter can be narrowed to. */
    get filters() {
        return {site: this.sites, mission: this.missions, skill: this.skills};
    }

    get period() {
        return [this.days[0].iso, this.days[this.days.length - 1].iso];
    }

    /**
     * Load the shifts from one day on.
     *
     * @param {DateTime} first
     * @param {String} scale
     */
    async load(first, scale) {
        const last =
            scale === "month"
                ? first.endOf("month")
                : first.plus({days: SCALES[scale] - 1});
        const data = await this.orm.call("security.shift", "rota_board", [
            first.toISODate(),
            last.toISODate(),
        ]);
        this.fields = data.fields;
        this.canWrite = data.can_write;
        this.month = DateTime.fromISO(`${data.month}-01`);
        Object.assign(this, {
            sites: data.sites,
            missions: data.missions,
            skills: data.skills,
        });
        const siteNames = new Map(data.sites);
        this.guards = new Map(
            data.guards.map(([id, name, skills, totals]) => [
                id,
                {id, name, skills, totals},
            ])
        );
        this.posts = new Map(
            data.posts.map(([id, name, site, mission]) => [
                id,
                {id, name, site, mission, siteName: siteNames.get(site) || ""},
            ])
        );
        this.days = this._daysOf(first, last, new Set(data.holidays));
        this.shifts = new Map();
        data.shifts.forEach((values) => this._keep(values));
    }

    /** Take in the answer of a move: what it touched, as it is now. */
    apply({shifts, removed, totals}) {
        removed.forEach((id) => this.shifts.delete(id));
        shifts.forEach((values) => this._keep(values));
        for (const [id, values] of Object.entries(totals)) {
            const guard = this.guards.get(Number(id));
            if (guard) {
                guard.totals = values;
            }
        }
    }

    /** What this screen shows of a shift, for the server to compare. */
    claim(shift) {
        return [shift.id, [shift.post, shift.guard, shift.from, shift.to, shift.state]];
    }

    postName(id) {
        return this.posts.get(id)?.name || "";
    }

    siteName(id) {
        return this.posts.get(id)?.siteName || "";
    }

    guardName(id) {
        return this.guards.get(id)?.name || "";
    }

    /**
     * The rows to draw, in order, each with its chips by day and its height.
     *
     * @param {Object} choice `by`, `site`, `mission`, `skill`, `text`, `free`,
     *      `cancelled`, `onlyDay` of a phone
     * @param {Set} opened keys of the rows that show all their chips
     * @param {Set} selected ids of shifts
     */
    rows(choice, opened, selected) {
        const rows =
            choice.by === "post" ? this._postRows(choice) : this._guardRows(choice);
        const byKey = new Map(rows.map((row) => [row.key, row]));
        for (const shift of this.shifts.values()) {
            if (shift.state === "cancelled" && !choice.cancelled) {
                continue;
            }
            const key =
                choice.by === "post"
                    ? `p${shift.post}`
                    : shift.guard
                      ? `g${shift.guard}`
                      : OPEN;
            const row = byKey.get(key);
            const matches = this._matches(shift, choice);
            if (row && (matches || key !== OPEN)) {
                (row.cells[shift.day] ||= []).push({
                    shift,
                    dim: !matches,
                    selected: selected.has(shift.id),
                });
                row.count += 1;
                row.matching += matches ? 1 : 0;
            }
        }
        const kept = rows.filter((row) => this._isKept(row, choice));
        kept.forEach((row) => this._measure(row, opened, choice.onlyDay));
        return kept;
    }

    _daysOf(first, last, holidays) {
        const days = [];
        const today = DateTime.now().toISODate();
        for (let day = first; day <= last; day = day.plus({days: 1})) {
            const iso = day.toISODate();
            days.push({
                iso,
                week: day.toFormat("ccc"),
                number: day.toFormat("d"),
                name: day.toFormat("cccc d LLLL"),
                sunday: day.weekday === 7,
                holiday: holidays.has(iso),
                today: iso === today,
            });
        }
        return days;
    }

    _keep(values) {
        const shift = Object.fromEntries(
            this.fields.map((name, n) => [name, values[n]])
        );
        this.shifts.set(shift.id, shift);
    }

    _row(key, kind, id, name, sub, totals) {
        return {key, kind, id, name, sub, totals, cells: {}, count: 0, matching: 0};
    }

    _guardRows(choice) {
        const rows = [this._row(OPEN, OPEN, false, "", "", null)];
        for (const guard of this.guards.values()) {
            if (!choice.skill || guard.skills.includes(choice.skill)) {
                rows.push(
                    this._row(
                        `g${guard.id}`,
                        "guard",
                        guard.id,
                        guard.name,
                        "",
                        guard.totals
                    )
                );
            }
        }
        return rows;
    }

    _postRows(choice) {
        return [...this.posts.values()]
            .filter(
                (post) =>
                    (!choice.site || post.site === choice.site) &&
                    (!choice.mission || post.mission === choice.mission)
            )
            .map((post) =>
                this._row(
                    `p${post.id}`,
                    "post",
                    post.id,
                    post.name,
                    post.siteName,
                    null
                )
            );
    }

    _matches(shift, choice) {
        const post = this.posts.get(shift.post);
        return (
            (!choice.site || post?.site === choice.site) &&
            (!choice.mission || shift.mission === choice.mission) &&
            (choice.by !== "post" ||
                !choice.skill ||
                !shift.guard ||
                this.guards.get(shift.guard)?.skills.includes(choice.skill))
        );
    }

    _isKept(row, choice) {
        if (row.kind === OPEN) {
            return true;
        }
        const narrowed = row.kind === "guard" && (choice.site || choice.mission);
        // A guard without any shift may be wanted on any site.
        if (
            !row.matching &&
            !(choice.free && !row.count) &&
            (narrowed || !choice.free)
        ) {
            return false;
        }
        if (!choice.text) {
            return true;
        }
        const text = plain(choice.text);
        const told = [row.name, row.sub];
        for (const {shift} of Object.values(row.cells).flat()) {
            told.push(this.postName(shift.post), this.siteName(shift.post));
            told.push(this.guardName(shift.guard));
        }
        return plain(told.join(" ")).includes(text);
    }

    _measure(row, opened, onlyDay) {
        row.opened = opened.has(row.key);
        let most = 0;
        for (const [day, chips] of Object.entries(row.cells)) {
            chips.sort((one, two) => one.shift.from - two.shift.from);
            if (onlyDay && day !== onlyDay) {
                continue;
            }
            const hidden = !row.opened && chips.length > MOST_CHIPS;
            most = Math.max(most, hidden ? MOST_CHIPS : chips.length);
            row.more ||= chips.length > MOST_CHIPS;
        }
        if (onlyDay) {
            row.height = CARD_HEAD + Math.max(1, most) * CARD_CHIP;
            return;
        }
        const chips = most * CHIP_HEIGHT + PADDING;
        row.height = Math.max(ROW_HEIGHT, chips) + (row.more ? 18 : 0);
    }
}
