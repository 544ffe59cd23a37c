// What the phone knows of rounds: what the office planned, and what was recorded here
// since and is perhaps not sent yet.

import {sha256} from "@security_missions/guard/core/bytes";

const MINUTE = 60 * 1000;
// How long before its time a round is the next thing to do.
const SOON = 15 * MINUTE;
// The office took these for facts, or will look at them: they happened.
const DENIED = new Set(["refused", "conflict"]);

const moment = (item) => item.at + (item.offset || 0);

const facts = (items, kind, round) =>
    items
        .filter(
            (item) =>
                item.kind === kind &&
                !DENIED.has(item.state) &&
                (!round || item.data.round === round)
        )
        .sort((a, b) => a.n - b.n);

const parts = (bundle) => ({routes: [], places: {}, planned: [], ...bundle.rounds});

export const routesOf = (bundle) => parts(bundle).routes;

/** Each point with the scan that passed it, if one did. */
function passed(points, scans) {
    const left = [...scans];
    return points.map((point) => {
        const index = left.findIndex((scan) => scan.data.checkpoint === point.place);
        const [scan] = index < 0 ? [] : left.splice(index, 1);
        return {...point, scan, at: scan ? moment(scan) : null};
    });
}

/** A round that was begun on this phone, as `{round, route, points, next, ...}`. */
export function roundOf(bundle, items, round) {
    const [start] = facts(items, "round_start", round);
    if (!start) {
        return null;
    }
    const {routes, places, planned} = parts(bundle);
    const route = routes.find((one) => one.id === start.data.route);
    const plan = planned.find((one) => one.id === start.data.patrol);
    const scans = facts(items, "round_scan", round);
    const [end] = facts(items, "round_end", round);
    const asked = (plan || route || {points: []}).points;
    const points = passed(asked, scans).map((point) => ({
        ...point,
        about: places[point.place] || {id: point.place, name: "?"},
    }));
    return {
        round,
        route,
        begun: moment(start),
        ended: end ? moment(end) : null,
        points,
        next: points.find((point) => !point.scan) || null,
        left: points.filter((point) => !point.scan).length,
        known: places,
        data: {round, route: start.data.route, shift: start.data.shift},
    };
}

/** Rounds begun and not ended, the last one first. */
export const runningRounds = (bundle, items) =>
    facts(items, "round_start")
        .reverse()
        .map((start) => roundOf(bundle, items, start.data.round))
        .filter((round) => !round.ended);

/** Planned rounds that nobody has begun, in order, with numbers for times. */
export function dueRounds(bundle, items) {
    const {routes, planned} = parts(bundle);
    const begun = new Set(facts(items, "round_start").map((item) => item.data.patrol));
    return planned
        .filter((one) => !one.round && !begun.has(one.id))
        .map((one) => {
            const route = routes.find((each) => each.id === one.route);
            const start = Date.parse(one.start);
            return {...one, route, start, grace: (route?.grace || 0) * MINUTE};
        })
        .filter((one) => one.route)
        .sort((a, b) => a.start - b.start);
}

/** Due now: from a quarter of an hour before, until it would be over. */
export const isDue = (one, now) =>
    one.start - SOON <= now &&
    now <= one.start + one.grace + one.route.minutes * MINUTE;

const bare = (text) => text.replace(/[\s:.-]/g, "").toUpperCase();

/**
 * Which of these places a code belongs to, without network.
 *
 * @param {Object} places by id, with fingerprints
 * @param {String} text what was read
 * @param {"qr"|"nfc"|"typed"} technology
 * @returns {Promise<Object|null>}
 */
export async function recognise(places, text, technology) {
    const code = technology === "qr" ? text.trim().toUpperCase() : bare(text);
    const mark = await sha256(code);
    const key = {qr: "code", nfc: "tag", typed: "typed"}[technology];
    const all = Object.values(places);
    return (
        all.find((place) => place[key] && place[key] === mark) ||
        all.find(
            (place) =>
                technology === "qr" && place.shown && code.startsWith(place.shown)
        ) ||
        null
    );
}

/** A code of ours is read; anything shorter was typed from under it. */
export const technologyOf = (text) => (/^SC\d:/i.test(text.trim()) ? "qr" : "typed");
