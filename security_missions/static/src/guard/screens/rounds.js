import {
    dueRounds,
    isDue,
    routesOf,
    runningRounds,
} from "@security_missions/guard/screens/rounds_facts";
import {nextSteps, screens} from "@security_missions/guard/core/registry";
import {shortDay, time} from "@security_missions/guard/core/format";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {currentShift} from "@security_missions/guard/core/shifts";
import {go} from "@security_missions/guard/core/route";
import {html} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";
import {words} from "@security_missions/guard/screens/rounds_words";

nameKind("round_start", () => words.kindStart());
nameKind("round_scan", () => words.kindScan());
nameKind("round_end", () => words.kindEnd());

/** Begin a round; its number is made here, so that it is walked without network. */
export async function beginRound(route, shift, planned) {
    const round = crypto.randomUUID();
    await record("round_start", {
        round,
        route: route.id,
        ...(shift && route.shifts.includes(shift.id) ? {shift: shift.id} : {}),
        ...(planned ? {patrol: planned.id} : {}),
    });
    go("round", round);
}

function Due({one, now, shift}) {
    const late = now > one.start + one.grace;
    return html`<${Card}
        title=${one.route.name}
        icon="route"
        tone=${late ? "bad" : isDue(one, now) ? "wait" : ""}
    >
        <p>
            ${one.route.site}<br />
            <strong>${shortDay(one.start, one.route.tz)}</strong>${" "}
            <strong>${time(one.start, one.route.tz)}</strong><br />
            <small
                >${words.size({
                    points: one.points.length,
                    minutes: one.route.minutes,
                })}</small
            >
        </p>
        ${late && html`<p><strong>${words.late()}</strong></p>`}
        <${Button}
            kind=${isDue(one, now) ? "primary" : "plain"}
            icon="walk"
            onClick=${() => beginRound(one.route, shift, one)}
            >${words.begin()}<//
        >
    <//>`;
}

function Running({round}) {
    return html`<${Card}
        title=${round.route?.name || words.round()}
        icon="walk"
        tone="good"
    >
        <p>
            ${words.pointsLeft({
                left: round.left,
                all: round.points.length,
            })}
        </p>
        <${Button} kind="primary" icon="next" onClick=${() => go("round", round.round)}
            >${words.goOn()}<//
        >
    <//>`;
}

/** Rounds under way, then those that are due, then the routes to walk at any time. */
function Rounds() {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const shift = currentShift(bundle, items, now);
    const running = runningRounds(bundle, items);
    const due = dueRounds(bundle, items);
    const routes = routesOf(bundle);
    if (!routes.length && !running.length) {
        return html`<${Nothing}>${words.nothing()}<//>`;
    }
    return html`${running.map(
        (round) => html`<${Running} key=${round.round} round=${round} />`
    )}
    ${due.map(
        (one) => html`<${Due} key=${one.id} one=${one} now=${now} shift=${shift} />`
    )}
    ${routes.length > 0 &&
    html`<${Card} title=${words.anyTime()} icon="route">
        ${routes.map(
            (route) =>
                html`<${Button}
                    key=${route.id}
                    icon="walk"
                    onClick=${() => beginRound(route, shift, null)}
                    >${route.name}, ${route.site}<//
                >`
        )}
    <//>`}`;
}

screens.add("rounds", {
    title: () => words.rounds(),
    icon: "route",
    component: Rounds,
    sequence: 30,
    menu: true,
});

nextSteps.add("round", {
    sequence: 40,
    next: ({bundle, items, now, shift}) => {
        const [running] = runningRounds(bundle, items);
        if (running) {
            return {
                label: words.goOnRound(),
                icon: "walk",
                go: ["round", running.round],
            };
        }
        const due =
            shift?.clockedIn &&
            dueRounds(bundle, items).find(
                (one) => isDue(one, now) && one.start < shift.ends
            );
        return due ? {label: words.toWalk(), icon: "route", go: ["rounds"]} : null;
    },
});
