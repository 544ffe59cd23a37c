// What is known of the guard's shifts: what the office said, and what was recorded since
// and is perhaps not sent yet.

const HOUR = 3600 * 1000;
// How long before its start a shift is the next thing to do, and the time to clock in.
export const SOON = 3 * HOUR;
export const AT_POST = HOUR;
// How long after its end a shift that nobody clocked out of is still shown.
const FORGOTTEN = 14 * HOUR;
// The office took these for facts, or will look at them: they happened.
const DENIED = new Set(["refused", "conflict"]);

/** The events of one kind about a shift, the newest first. */
const about = (items, kind, shift) =>
    items.filter(
        (item) =>
            item.kind === kind && item.data.shift === shift && !DENIED.has(item.state)
    );

/** A shift with numbers for times, and what was recorded on this phone added to it. */
export function withFacts(shift, items) {
    const at = (kind) => {
        const [event] = about(items, kind, shift.id);
        return event ? event.at + (event.offset || 0) : null;
    };
    const parsed = (text) => (text ? Date.parse(text) : null);
    return {
        ...shift,
        begins: Date.parse(shift.start),
        ends: Date.parse(shift.stop),
        onMyWay: parsed(shift.on_my_way) || at("on_my_way"),
        clockedIn: parsed(shift.clock_in) || at("clock_in"),
        clockedOut: parsed(shift.clock_out) || at("clock_out"),
    };
}

/** All shifts of the bundle, in order. */
export const shiftsOf = (bundle, items) =>
    (bundle.shifts || [])
        .map((shift) => withFacts(shift, items))
        .sort((a, b) => a.begins - b.begins);

/** The shift the guard is on, else the next one, else nothing. */
export function currentShift(bundle, items, now) {
    const shifts = shiftsOf(bundle, items);
    const on = shifts.filter((shift) => shift.clockedIn && !shift.clockedOut);
    const next = shifts.filter(
        (shift) => !shift.clockedIn && !shift.clockedOut && shift.ends > now
    );
    return on.find((shift) => shift.ends + FORGOTTEN > now) || next[0] || null;
}
