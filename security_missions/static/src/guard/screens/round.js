import {html, useState} from "@security_missions/guard/core/html";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {Icon} from "@security_missions/guard/widgets/icon";
import {RoundScan} from "@security_missions/guard/screens/round_scan";
import {duration, time} from "@security_missions/guard/core/format";
import {go} from "@security_missions/guard/core/route";
import {record} from "@security_missions/guard/core/outbox";
import {roundOf} from "@security_missions/guard/screens/rounds_facts";
import {screens} from "@security_missions/guard/core/registry";
import {words} from "@security_missions/guard/screens/rounds_words";

function Next({round, now}) {
    const point = round.next;
    if (!point) {
        return html`<${Card} title=${words.all()} icon="check" tone="good"
            ><p>${words.endBelow()}</p><//
        >`;
    }
    const {about, until} = point;
    const left = until && Date.parse(until) - now;
    return html`<${Card} title=${about.name} icon="place">
        <p>
            ${about.site}${about.zone && html`<br />${about.zone}`}
            ${about.instruction && html`<br /><small>${about.instruction}</small>`}
        </p>
        ${until &&
        html`<p>${left > 0 ? words.within(duration(left)) : words.pointLate()}</p>`}
    <//>`;
}

function Points({round}) {
    const zone = round.route?.tz;
    return html`<ol class="items">
        ${round.points.map(
            (point) =>
                html`<li class="item way">
                    <${Icon} name=${point.scan ? "check" : "wait"} />
                    <div>
                        <strong>${point.about.name}</strong>
                        <small
                            >${point.at
                                ? words.passedAt(time(point.at, zone))
                                : words.toPass()}</small
                        >
                    </div>
                </li>`
        )}
    </ol>`;
}

/** The end: at once when all is done, with a reason when it is early. */
function End({round}) {
    const [asked, setAsked] = useState(false);
    const [reason, setReason] = useState("");
    const end = async () => {
        await record("round_end", {
            ...round.data,
            ...(reason.trim() ? {reason: reason.trim()} : {}),
        });
        go("rounds");
    };
    if (!round.left) {
        return html`<${Button} kind="big" icon="check" onClick=${end}
            >${words.end()}<//
        >`;
    }
    if (!asked) {
        return html`<${Button} icon="close" onClick=${() => setAsked(true)}
            >${words.endEarly()}<//
        >`;
    }
    return html`<${Card} title=${words.endWhy()} icon="alarm" tone="wait">
        <${Field}
            label=${words.reason()}
            type="textarea"
            value=${reason}
            onChange=${setReason}
            maxlength="500"
        />
        <${Button} kind="danger" icon="check" disabled=${!reason.trim()} onClick=${end}>
            ${words.end()}
        <//>
    <//>`;
}

/** The round under way: the next point, how to pass it, what is left. */
function Round({value}) {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const round = roundOf(bundle, items, value);
    if (!round || round.ended) {
        return html`<${Card} title=${words.over()} icon="check">
            <${Button} icon="route" onClick=${() => go("rounds")}>${words.rounds()}<//>
        <//>`;
    }
    return html`<p>
            <strong>${round.route?.name}</strong><br />
            <small>${words.since(duration(now - round.begun))}</small>
        </p>
        <${Next} round=${round} now=${now} />
        ${round.next && html`<${RoundScan} round=${round} />`}
        <${Points} round=${round} />
        <${End} round=${round} />`;
}

screens.add("round", {
    title: () => words.round(),
    icon: "walk",
    component: Round,
});
