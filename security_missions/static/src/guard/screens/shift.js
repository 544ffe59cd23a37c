import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {ShiftCard} from "./home";
import {_t} from "@security_missions/guard/core/i18n";
import {dataOf} from "@security_missions/guard/core/said";
import {html, useState} from "@security_missions/guard/core/html";
import {record} from "@security_missions/guard/core/outbox";
import {screens} from "@security_missions/guard/core/registry";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {withFacts} from "@security_missions/guard/core/shifts";

function AskSwap({shift, colleagues}) {
    const [colleague, setColleague] = useState("");
    const [day, setDay] = useState("");
    const [note, setNote] = useState("");
    const ask = () =>
        record("swap_ask", {
            shift: shift.id,
            colleague: Number(colleague),
            ...(day && {day}),
            ...(note && {note}),
        });
    return html`<${Card} title=${_t("Ask a colleague to take it")} icon="swap">
        <${Field}
            label=${_t("Colleague")}
            value=${colleague}
            onChange=${setColleague}
            options=${[["", _t("Choose…")], ...colleagues]}
        />
        <${Field}
            label=${_t("I take his shift of")}
            type="date"
            value=${day}
            onChange=${setDay}
            help=${_t("Nothing: he takes yours and gives none.")}
        />
        <${Field}
            label=${_t("A word for him")}
            value=${note}
            onChange=${setNote}
            maxlength="200"
        />
        <${Button} kind="primary" icon="swap" disabled=${!colleague} onClick=${ask}>
            ${_t("Ask")}
        <//>
    <//>`;
}

/** One shift of mine, and what I can ask about it. */
function Shift({value}) {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const found = (bundle.shifts || []).find((one) => String(one.id) === value);
    if (!found) {
        return html`<${Card}
            ><p>${_t("This shift is not on this phone any more.")}</p><//
        >`;
    }
    const shift = withFacts(found, items);
    const colleagues = bundle.swaps?.colleagues || [];
    const asked = dataOf(items, "swap_ask", "shift", shift.id);
    return html`<${ShiftCard} shift=${shift} now=${now} /> ${asked &&
        html`<${Card} icon="swap" title=${_t("You have asked for a swap.")} />`}
        ${!asked &&
        shift.begins > now &&
        html`<${AskSwap} shift=${shift} colleagues=${colleagues} />`}`;
}

screens.add("shift", {title: () => _t("My shift"), icon: "calendar", component: Shift});
