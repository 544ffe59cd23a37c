import {_t} from "./i18n";

// The day before the month in English, too, as on whatever else the guard reads here.
const code = () => (document.documentElement.lang === "fr" ? "fr" : "en-GB");
const moment = (value) => new Date(value);

function formatted(value, timeZone, options) {
    return new Intl.DateTimeFormat(code(), {...options, timeZone}).format(
        moment(value)
    );
}

/** 21:04, on the clock of the place (or of the phone). */
export const time = (value, zone) =>
    formatted(value, zone, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});

/** 21:00 – 07:00, never on two lines; the end may be words. */
export const span = (from, to) => `${from}\u00a0–\u2060\u00a0${to}`;

/** Friday 27 November. */
export const day = (value, zone) =>
    formatted(value, zone, {weekday: "long", day: "numeric", month: "long"});

/** Fri 27 Nov. */
export const shortDay = (value, zone) =>
    formatted(value, zone, {weekday: "short", day: "numeric", month: "short"});

/** 27/11/2026, or the English way. */
export const date = (value) =>
    formatted(value, "UTC", {day: "2-digit", month: "2-digit", year: "numeric"});

/** November 2026. */
export const month = (value) =>
    formatted(value, "UTC", {month: "long", year: "numeric"});

/** 12.5 in the language shown. */
export const number = (value, digits = 1) =>
    new Intl.NumberFormat(code(), {maximumFractionDigits: digits}).format(value);

/** How long, in minutes, hours or days. */
export function duration(milliseconds) {
    const minutes = Math.max(0, Math.round(milliseconds / 60000));
    if (minutes < 60) {
        return _t("%s min", minutes);
    }
    if (minutes < 48 * 60) {
        const rest = String(minutes % 60).padStart(2, "0");
        return _t("%(hours)s h %(minutes)s", {
            hours: Math.floor(minutes / 60),
            minutes: rest,
        });
    }
    return _t("%s days", Math.round(minutes / 1440));
}
