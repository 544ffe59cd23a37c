import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {
    date,
    duration,
    shortDay,
    span,
    time,
} from "@security_missions/guard/core/format";
import {html} from "@security_missions/guard/core/html";
import {screens} from "@security_missions/guard/core/registry";
import {useBundle} from "@security_missions/guard/core/state";

const HOUR = 3600 * 1000;

function Title({card}) {
    return html`<li class="item">
        <div>
            <strong>${card.kind}</strong>
            <small>${card.activity}</small>
            <small>${card.number}</small>
        </div>
        <span class=${`badge ${card.key === "valid" ? "good" : "wait"}`}
            >${card.state}</span
        >
        ${card.expiry &&
        html`<p class="remark">${_t("Valid until %s", date(card.expiry))}</p>`}
    </li>`;
}

function Training({training}) {
    return html`<li class="item">
        <div>
            <strong>${training.course}</strong>
            ${training.start &&
            html`<small>${shortDay(training.start)} ${time(training.start)}</small>`}
        </div>
        <span class="badge">${training.state}</span>
        ${training.title_end &&
        html`<p class="remark">${_t("Title until %s", date(training.title_end))}</p>`}
    </li>`;
}

/** My professional cards and my courses. */
function Titles() {
    const {cards = [], trainings = []} = useBundle();
    return html`<h2>${_t("My cards")}</h2>
        ${cards.length
            ? html`<ul class="items">
                  ${cards.map((card) => html`<${Title} card=${card} />`)}
              </ul>`
            : html`<${Nothing}>${_t("No card is on your file.")}<//>`}
        <h2>${_t("My training")}</h2>
        ${trainings.length
            ? html`<ul class="items">
                  ${trainings.map(
                      (training) => html`<${Training} training=${training} />`
                  )}
              </ul>`
            : html`<${Nothing}>${_t("No course is planned for you.")}<//>`}`;
}

function Clocked({row}) {
    const until = row.out ? time(row.out, row.tz) : _t("still on post");
    return html`<li class="item">
        <div>
            <strong
                >${shortDay(row.in, row.tz)},${" "}
                ${span(time(row.in, row.tz), until)}</strong
            >
            <small>${row.site}, ${row.post}</small>
        </div>
        ${row.out && html`<span>${duration(row.hours * HOUR)}</span>`}
    </li>`;
}

/** When I came and went, as the office has it. */
function Evidence() {
    const {evidence = []} = useBundle();
    return html`<${Card}>
            <p>
                ${_t(
                    "This is what the office has. If something is wrong, tell your planner: " +
                        "what your phone recorded stays in both places."
                )}
            </p>
        <//>
        ${evidence.length
            ? html`<ul class="items">
                  ${evidence.map(
                      (row) => html`<${Clocked} key=${row.id} row=${row} />`
                  )}
              </ul>`
            : html`<${Nothing}>${_t("No clock-in in the last two months.")}<//>`}`;
}

screens.add("titles", {
    title: () => _t("My cards and training"),
    icon: "card",
    component: Titles,
    sequence: 50,
    menu: true,
});

screens.add("evidence", {
    title: () => _t("My clock-ins"),
    icon: "clock",
    component: Evidence,
    sequence: 45,
    menu: true,
});
