import {day, time} from "@security_missions/guard/core/format";
import {homeCards, screens} from "@security_missions/guard/core/registry";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {StateBadge} from "@security_missions/guard/widgets/state_badge";
import {_t} from "@security_missions/guard/core/i18n";
import {go} from "@security_missions/guard/core/route";
import {html} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";

const CATEGORIES = {
    announcement: () => _t("Announcement"),
    alert: () => _t("Alert"),
    general: () => _t("General"),
    bolo: () => _t("Person or vehicle looked for"),
};

/** Those that still run, unread first; what this phone said counts at once. */
function bulletinsOf(bundle, items, now) {
    return (bundle.bulletins || [])
        .filter((one) => !one.expires || Date.parse(one.expires) > now)
        .map((one) => {
            const said = items.find(
                (item) => item.kind === "bulletin_read" && item.data.bulletin === one.id
            );
            return {...one, said, isRead: Boolean(one.read || said)};
        })
        .sort((a, b) => a.isRead - b.isRead);
}

function Bulletin({one}) {
    const confirm = () => record("bulletin_read", {bulletin: one.id});
    return html`<${Card}
        title=${one.name}
        icon=${one.category === "announcement" ? "book" : "alarm"}
        tone=${one.isRead ? "" : "wait"}
    >
        <p>
            <small
                >${(CATEGORIES[one.category] || CATEGORIES.general)()},${" "}${day(
                    Date.parse(one.published)
                )},
                ${" "}${time(Date.parse(one.published))}</small
            >
        </p>
        ${one.photo &&
        html`<img class="photo" src=${one.photo} alt=${_t("Photo of the bulletin")} />`}
        <p class="words">${one.text}</p>
        ${one.expires &&
        html`<p>
            <small
                >${_t("Until %(day)s %(time)s, then it is deleted from this list.", {
                    day: day(Date.parse(one.expires)),
                    time: time(Date.parse(one.expires)),
                })}</small
            >
        </p>`}
        ${one.isRead
            ? html`<p>
                  ${one.said
                      ? html`<${StateBadge} state=${one.said.state} />`
                      : _t("You have confirmed that you read it.")}
              </p>`
            : html`<${Button} kind="primary" icon="check" onClick=${confirm}
                  >${_t("I have read this bulletin")}<//
              >`}
    <//>`;
}

function Bulletins() {
    const list = bulletinsOf(useBundle(), useHistory(), useClock());
    return list.length
        ? list.map((one) => html`<${Bulletin} key=${one.id} one=${one} />`)
        : html`<${Nothing}>${_t("No bulletin concerns you now.")}<//>`;
}

function Unread({bundle, items, now}) {
    const count = bulletinsOf(bundle, items, now).filter((one) => !one.isRead).length;
    return (
        count > 0 &&
        html`<${Card}
            title=${_t("Bulletins to read: %s", count)}
            icon="book"
            tone="wait"
        >
            <${Button} kind="primary" icon="book" onClick=${() => go("bulletins")}
                >${_t("Read them")}<//
            >
        <//>`
    );
}

nameKind("bulletin_read", () => _t("Bulletin read"));
screens.add("bulletins", {
    title: () => _t("Bulletins"),
    icon: "book",
    component: Bulletins,
    sequence: 60,
    menu: true,
    badge: (bundle) => (bundle.bulletins || []).filter((one) => !one.read).length,
});
homeCards.add("bulletins", {sequence: 40, component: Unread});
