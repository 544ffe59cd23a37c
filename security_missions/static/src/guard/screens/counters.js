import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {html} from "@security_missions/guard/core/html";
import {date, month, number} from "@security_missions/guard/core/format";
import {screens} from "@security_missions/guard/core/registry";
import {useBundle} from "@security_missions/guard/core/state";

const hours = (value) =>
    value === null || value === undefined ? "–" : _t("%s h", number(value));

/** A figure of mine, and the middle of the team under it. */
function Beside({word, mine, team}) {
    return html`<div>
        <dt>${word}</dt>
        <dd>${mine}</dd>
        <dd class="beside">${_t("Team: %s", team)}</dd>
    </div>`;
}

/** What I carried beside the middle of my team; nobody is named. */
function Team({team}) {
    const {mine, median} = team;
    return html`<h3>${_t("Beside my team, until %s", date(team.until))}</h3>
        ${median
            ? html`<dl class="figures">
                      <${Beside}
                          word=${_t("Hours")}
                          mine=${hours(mine.hours)}
                          team=${hours(median.hours)}
                      />
                      <${Beside}
                          word=${_t("Nights")}
                          mine=${number(mine.nights)}
                          team=${number(median.nights)}
                      />
                      <${Beside}
                          word=${_t("Sundays worked")}
                          mine=${number(mine.sundays)}
                          team=${number(median.sundays)}
                      />
                  </dl>
                  <p class="hint">
                      ${_t(
                          "Half of your team has more than the figure of the team, half less."
                      )}
                  </p>`
            : html`<p class="hint">
                  ${_t("Your team is too small to compare without naming anybody.")}
              </p>`}`;
}

function Figures({entry}) {
    const figures = [
        [_t("Planned"), hours(entry.planned)],
        [_t("Worked, as clocked"), hours(entry.worked)],
        [_t("Due by contract"), hours(entry.contract)],
        [_t("Average of twelve weeks"), hours(entry.average)],
        [_t("Nights"), number(entry.nights)],
        [
            _t("Sundays off"),
            _t("%(off)s of %(all)s", {off: entry.sundays_off, all: entry.sundays}),
        ],
        [_t("Shortest rest"), hours(entry.shortest_rest)],
    ];
    return html`<${Card} title=${month(entry.month)} icon="chart">
        <dl class="figures">
            ${figures.map(
                ([word, value]) =>
                    html`<div>
                        <dt>${word}</dt>
                        <dd>${value}</dd>
                    </div>`
            )}
        </dl>
        ${entry.team && html`<${Team} team=${entry.team} />`}
    <//>`;
}

/** What my months add up to, as the office counts them. */
function Counters() {
    const {counters = []} = useBundle();
    return counters.length
        ? counters.map(
              (entry) => html`<${Figures} key=${entry.month} entry=${entry} />`
          )
        : html`<${Nothing}>${_t("The figures come with the next network.")}<//>`;
}

screens.add("counters", {
    title: () => _t("My counters"),
    icon: "chart",
    component: Counters,
    sequence: 40,
    menu: true,
});
