import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {Icon} from "@security_missions/guard/widgets/icon";
import {_t, counted} from "@security_missions/guard/core/i18n";
import {dataOf} from "@security_missions/guard/core/said";
import {
    day,
    month,
    number,
    shortDay,
    span,
    time,
} from "@security_missions/guard/core/format";
import {html} from "@security_missions/guard/core/html";
import {record} from "@security_missions/guard/core/outbox";
import {screens} from "@security_missions/guard/core/registry";
import {shiftsOf} from "@security_missions/guard/core/shifts";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";

const CHANGES = {
    added: () => _t("New"),
    time: () => _t("Time changed"),
    post: () => _t("Post changed"),
};

/** What waits for the guard's word in his rota. */
export function toRead(bundle) {
    const {versions = [], notices = []} = bundle.rota || {};
    return versions.filter((one) => !one.read_at).length + notices.length;
}

function Line({line, gone}) {
    const change = gone ? _t("Taken away") : CHANGES[line.change]?.();
    return html`<li class="item">
        <div>
            <strong>${line.date}, ${span(line.from, line.to)}</strong>
            <small>${line.site}, ${line.post}</small>
        </div>
        ${change &&
        html`<span class="badge wait"><${Icon} name="alarm" />${change}</span>`}
    </li>`;
}

function Version({version, read}) {
    return html`<${Card}
        title=${_t("%(month)s, version %(number)s", {
            month: month(version.month),
            number: version.number,
        })}
        icon="calendar"
        tone=${read ? "" : "wait"}
    >
        <p>
            ${_t("Published on %(day)s at %(time)s, %(hours)s h", {
                day: shortDay(version.published_at),
                time: time(version.published_at),
                hours: number(version.hours),
            })}
        </p>
        <details open=${!read}>
            <summary>
                ${counted(
                    version.lines.length,
                    _t("%s shift", version.lines.length),
                    _t("%s shifts", version.lines.length)
                )}
            </summary>
            <ul class="items inside">
                ${version.lines.map((line) => html`<${Line} line=${line} />`)}
                ${version.gone.map((line) => html`<${Line} line=${line} gone />`)}
            </ul>
        </details>
        ${read
            ? html`<p class="badge good">
                  <${Icon} name="check" />${_t("You have read it")}
              </p>`
            : html`<${Button}
                  kind="primary"
                  icon="check"
                  onClick=${() => record("rota_read", {publication: version.id})}
              >
                  ${_t("I have read it")}
              <//>`}
    <//>`;
}

function Notice({notice, said}) {
    const answer = (accept) => record("notice_answer", {notice: notice.id, accept});
    return html`<${Card} title=${_t("Late change")} icon="alarm" tone="wait">
        <p>${notice.sentence}</p>
        <p><small>${_t("%s h before the shift", number(notice.hours))}</small></p>
        ${said
            ? html`<p role="status">
                  ${said.accept ? _t("You agree.") : _t("You refuse.")}
              </p>`
            : html`<p>${_t("You may refuse: it has no consequence for you.")}</p>
                  <${Button} kind="primary" icon="check" onClick=${() => answer(true)}>
                      ${_t("I agree")}
                  <//>
                  <${Button} icon="close" onClick=${() => answer(false)}
                      >${_t("I refuse")}<//
                  >`}
    <//>`;
}

function Shift({shift}) {
    return html`<li>
        <a href=${`#shift=${shift.id}`} class="item way">
            <div>
                <strong>${day(shift.begins, shift.tz)}</strong>
                <small>
                    ${time(shift.begins, shift.tz)} – ${time(shift.ends, shift.tz)},
                    ${" "}${shift.site}, ${shift.post}
                </small>
            </div>
            <${Icon} name="next" />
        </a>
    </li>`;
}

/** My shifts to come, then what I was told of them, version by version. */
function Rota() {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock(60000);
    const {versions = [], notices = []} = bundle.rota || {};
    const coming = shiftsOf(bundle, items).filter((shift) => shift.ends > now);
    const read = (version) =>
        version.read_at || dataOf(items, "rota_read", "publication", version.id);
    return html`${notices.map(
            (notice) =>
                html`<${Notice}
                    key=${notice.id}
                    notice=${notice}
                    said=${dataOf(items, "notice_answer", "notice", notice.id)}
                />`
        )}
        ${versions
            .filter((version) => !read(version))
            .map(
                (version) => html`<${Version} key=${version.id} version=${version} />`
            )}
        <h2>${_t("My shifts")}</h2>
        ${coming.length
            ? html`<ul class="items">
                  ${coming.map(
                      (shift) => html`<${Shift} key=${shift.id} shift=${shift} />`
                  )}
              </ul>`
            : html`<${Nothing}
                  >${_t("No shift is planned for you in the next days.")}<//
              >`}
        ${versions
            .filter(read)
            .map(
                (version) =>
                    html`<${Version} key=${version.id} version=${version} read />`
            )}`;
}

screens.add("rota", {
    title: () => _t("My rota"),
    icon: "calendar",
    component: Rota,
    sequence: 20,
    bar: true,
    badge: toRead,
});
