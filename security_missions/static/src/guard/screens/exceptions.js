import {shortDay, time} from "@security_missions/guard/core/format";
import {homeCards, screens} from "@security_missions/guard/core/registry";
import {html, useState} from "@security_missions/guard/core/html";
import {useBundle, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {_t} from "@security_missions/guard/core/i18n";
import {go} from "@security_missions/guard/core/route";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";

nameKind("clock_justify", () => _t("Clock explained"));
// The office did not take these for facts.
const DENIED = new Set(["refused", "conflict", "quarantined"]);

const causes = () => [
    ["phone", _t("My phone could not")],
    ["network", _t("No network")],
    ["place", _t("I was sent elsewhere")],
    ["forgot", _t("I forgot")],
    ["changed", _t("My shift changed at short notice")],
    ["other", _t("Another reason")],
];

const states = () =>
    new Map([
        ["justified", _t("Explained: the office decides")],
        ["accepted", _t("Accepted")],
        ["refused", _t("Refused")],
    ]);

const toExplain = (bundle, items) =>
    (bundle.exceptions || []).filter(
        ({id, state}) =>
            state === "open" &&
            !items.some(
                (item) =>
                    item.kind === "clock_justify" &&
                    item.data.exception === id &&
                    !DENIED.has(item.state)
            )
    );

function Explain({exception}) {
    const [cause, setCause] = useState("");
    const [text, setText] = useState("");
    const send = () => record("clock_justify", {exception: exception.id, cause, text});
    return html`<${Field}
            label=${_t("Why")}
            options=${[["", _t("Choose…")], ...causes()]}
            value=${cause}
            onChange=${setCause}
        />
        <${Field}
            label=${_t("What happened")}
            type="textarea"
            maxlength="2000"
            value=${text}
            onChange=${setText}
        />
        <${Button}
            kind="primary"
            icon="check"
            disabled=${!cause || !text.trim()}
            onClick=${send}
            >${_t("Send")}<//
        >`;
}

function Exceptions() {
    const bundle = useBundle();
    const items = useHistory();
    const waiting = new Set(toExplain(bundle, items));
    const all = bundle.exceptions || [];
    if (!all.length) {
        return html`<${Nothing}>${_t("You have nothing to explain.")}<//>`;
    }
    return all.map(
        (exception) =>
            html`<${Card}
                key=${exception.id}
                title=${exception.label}
                icon="clock"
                tone=${waiting.has(exception) ? "wait" : ""}
            >
                <p>
                    ${exception.side === "in" ? _t("Clock-in") : _t("Clock-out")},
                    ${` ${shortDay(exception.date)}, ${time(exception.date)}`}
                </p>
                ${waiting.has(exception)
                    ? html`<p>
                              ${_t(
                                  "To be explained before %s",
                                  `${shortDay(exception.deadline)}, ${time(exception.deadline)}`
                              )}
                          </p>
                          <${Explain} exception=${exception} />`
                    : html`<p role="status">
                          ${states().get(exception.state) ||
                          _t("On its way to the office")}
                      </p>`}
            <//>`
    );
}

screens.add("exceptions", {
    title: () => _t("To be explained"),
    icon: "clock",
    component: Exceptions,
    sequence: 60,
    menu: true,
    badge: (bundle) => toExplain(bundle, []).length,
});

function Waiting({bundle, items}) {
    const count = toExplain(bundle, items).length;
    return count
        ? html`<${Button} icon="clock" onClick=${() => go("exceptions")}
              >${_t("To be explained: %s", count)}<//
          >`
        : null;
}

homeCards.add("exceptions", {sequence: 85, component: Waiting});
