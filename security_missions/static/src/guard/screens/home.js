import {SOON, currentShift} from "@security_missions/guard/core/shifts";
import {day, duration, time} from "@security_missions/guard/core/format";
import {homeCards, nextSteps, screens} from "@security_missions/guard/core/registry";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {go} from "@security_missions/guard/core/route";
import {html} from "@security_missions/guard/core/html";

/** A link that the maps of the phone understand, by position or by address. */
function routeLink({latitude, longitude, address}) {
    const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
    const point = latitude || longitude ? `${latitude},${longitude}` : "";
    const wanted = encodeURIComponent(point || address);
    return apple
        ? `https://maps.apple.com/?daddr=${wanted}`
        : `geo:${point || "0,0"}?q=${wanted}`;
}

function when(shift, now) {
    if (shift.clockedIn) {
        return _t("On post since %s", time(shift.clockedIn, shift.tz));
    }
    return now < shift.begins
        ? _t("Begins in %s", duration(shift.begins - now))
        : _t("Began %s ago", duration(now - shift.begins));
}

export function ShiftCard({shift, now}) {
    const place = shift.place || {};
    return html`<${Card}
        title=${shift.clockedIn ? _t("My shift") : _t("My next shift")}
        icon="place"
        tone=${shift.clockedIn ? "good" : ""}
    >
        <p>
            <strong>${shift.site}</strong><br />${shift.post}
            ${shift.mission && html`<br /><small>${shift.mission}</small>`}
        </p>
        <p>
            ${day(shift.begins, shift.tz)}<br />
            <strong
                >${time(shift.begins, shift.tz)} – ${time(shift.ends, shift.tz)}</strong
            >
            <br /><small>${when(shift, now)}</small>
        </p>
        ${shift.note && html`<p>${shift.note}</p>`}
        ${place.address && html`<p><small>${place.address}</small></p>`}
        ${(place.address || place.latitude) &&
        html`<${Button} icon="route" href=${routeLink(place)}
            >${_t("Show me the way")}<//
        >`}
    <//>`;
}

/** The one thing to do now: the first module that has a word says it. */
function nextStep(context) {
    for (const entry of nextSteps.getAll()) {
        const step = entry.next(context);
        if (step) {
            return {...step, name: entry.name};
        }
    }
    return null;
}

function NextStep({step}) {
    if (!step) {
        return null;
    }
    const act = () => (step.go ? go(...step.go) : step.run());
    return html`<${Button} kind="big" icon=${step.icon} onClick=${act}
        >${step.label}<//
    >`;
}

function Home() {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const shift = currentShift(bundle, items, now);
    const context = {
        bundle,
        items,
        now,
        shift,
        soon: shift && shift.begins - now < SOON,
    };
    // What the large button proposes is not proposed again under it.
    const step = nextStep(context);
    context.step = step ? step.name : "";
    return html`<${NextStep} step=${step} /> ${shift
            ? html`<${ShiftCard} shift=${shift} now=${now} />`
            : html`<${Nothing}
                  >${_t("No shift is planned for you in the next days.")}<//
              >`}
        ${homeCards
            .getAll()
            .map(
                ({name, component}) => html`<${component} key=${name} ...${context} />`
            )}`;
}

screens.add("home", {
    title: () => _t("Today"),
    icon: "home",
    component: Home,
    sequence: 10,
    bar: true,
});
