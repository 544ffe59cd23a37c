import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {PhotoInput} from "@security_missions/guard/widgets/photo_input";
import {StateBadge} from "@security_missions/guard/widgets/state_badge";
import {_t} from "@security_missions/guard/core/i18n";
import {currentShift} from "@security_missions/guard/core/shifts";
import {getMeta, setMeta} from "@security_missions/guard/core/db";
import {html, useEffect, useState} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";
import {screens} from "@security_missions/guard/core/registry";
import {shortDay, time} from "@security_missions/guard/core/format";
import {
    useBundle,
    useClock,
    useDevice,
    useHistory,
} from "@security_missions/guard/core/state";

const EMPTY = {category: "", text: "", persons: [], corrects: null};
const MOST_PERSONS = 20;

/** What is being written, kept on the phone at each key; never another guard's. */
function useDraft() {
    const device = useDevice();
    const key = `draft:log:${device ? device.device : ""}`;
    const [draft, setDraft] = useState(EMPTY);
    useEffect(() => {
        let here = true;
        getMeta(key).then((kept) => here && setDraft(kept || EMPTY));
        return () => {
            here = false;
        };
    }, [key]);
    const change = (values) => {
        const next = {...draft, ...values};
        setDraft(next);
        return setMeta(key, next);
    };
    return [draft, change];
}

function Categories({categories, chosen, onChoose}) {
    return html`<fieldset class="choices">
        <legend>${_t("What is it about?")}</legend>
        ${categories.map(
            ({id, name}) =>
                html`<${Button}
                    key=${id}
                    kind=${id === chosen ? "primary" : "plain"}
                    icon=${id === chosen ? "check" : undefined}
                    aria-pressed=${id === chosen}
                    onClick=${() => onChoose(id)}
                    >${name}<//
                >`
        )}
    </fieldset>`;
}

function Persons({persons, roles, onChange}) {
    const set = (place, values) =>
        onChange(persons.map((one, n) => (n === place ? {...one, ...values} : one)));
    const options = roles.map(({code, name}) => [code, name]);
    return html`${persons.map(
        (person, place) =>
            html`<div key=${place}>
                <${Field}
                    label=${_t("Role of the person")}
                    value=${person.role}
                    options=${options}
                    onChange=${(role) => set(place, {role})}
                />
                <${Field}
                    label=${_t("Name, if it is needed")}
                    value=${person.name}
                    maxlength="200"
                    onChange=${(name) => set(place, {name})}
                />
                <${Button}
                    icon="close"
                    onClick=${() => onChange(persons.filter((_one, n) => n !== place))}
                    >${_t("Remove this person")}<//
                >
            </div>`
    )}
    ${persons.length < MOST_PERSONS &&
    html`<${Button}
        icon="person"
        onClick=${() => onChange([...persons, {role: "witness", name: ""}])}
        >${_t("Add a person")}<//
    >`}`;
}

function Writing({logbook, shift, draft, change}) {
    const [photos, setPhotos] = useState([]);
    const [said, setSaid] = useState("");
    const write = async () => {
        if (!draft.text.trim()) {
            throw new Error(_t("Write what happened first."));
        }
        if (!draft.category && !draft.corrects) {
            throw new Error(_t("Choose what it is about first."));
        }
        const {category, text, persons, corrects} = draft;
        await record(
            "log_entry",
            {shift: shift.id, category: category || null, text, persons, corrects},
            {photos}
        );
        await change(EMPTY);
        setPhotos([]);
        setSaid(_t("Written on this phone; it goes to the office by itself."));
    };
    return html`<${Card}
        title=${draft.corrects ? _t("Correct an entry") : _t("Write")}
        icon="book"
    >
        <p><strong>${shift.site}</strong><br />${shift.post}</p>
        ${draft.corrects
            ? html`<p>${_t("The first text stays; yours is added to it.")}</p>
                  <${Button} icon="close" onClick=${() => change({corrects: null})}
                      >${_t("Write a new entry instead")}<//
                  >`
            : html`<${Categories}
                  categories=${logbook.categories}
                  chosen=${draft.category}
                  onChoose=${(category) => change({category})}
              />`}
        <${Field}
            label=${_t("What happened")}
            type="textarea"
            value=${draft.text}
            maxlength="10000"
            onChange=${(text) => change({text})}
        />
        <${Persons}
            persons=${draft.persons}
            roles=${logbook.roles}
            onChange=${(persons) => change({persons})}
        />
        <${PhotoInput} photos=${photos} onChange=${setPhotos} />
        <${Button} kind="primary" icon="check" onClick=${write}
            >${_t("Write in the log book")}<//
        >
        ${said && html`<p role="status">${said}</p>`}
    <//>`;
}

/** One entry, of the office's list or of this phone. */
function Entry({entry, correct}) {
    return html`<${Card}>
        <p>
            <strong>${entry.category || _t("Entry")}</strong><br />
            ${shortDay(entry.at, entry.tz)}, ${time(entry.at, entry.tz)}
            ${entry.author && ` · ${entry.author}`}
        </p>
        <p class="text">${entry.redacted ? _t("Redacted") : entry.text}</p>
        ${entry.state && html`<${StateBadge} state=${entry.state} />`}
        ${entry.message && html`<p role="status">${entry.message}</p>`}
        ${!entry.redacted &&
        !entry.automatic &&
        html`<${Button} icon="refresh" onClick=${() => correct(entry)}
            >${_t("Correct")}<//
        >`}
    <//>`;
}

/** What was written: this phone's own first, then what the office sent. */
function allEntries(logbook, items) {
    const names = new Map(logbook.categories.map(({id, name}) => [id, name]));
    const here = items
        .filter(({kind}) => kind === "log_entry")
        .map((item) => ({
            uuid: item.uuid,
            at: item.at + (item.offset || 0),
            category: names.get(item.data.category),
            text: item.data.text,
            state: item.state,
            message: item.message,
        }));
    const known = new Set(here.map(({uuid}) => uuid));
    return [...here, ...logbook.entries.filter(({uuid}) => !known.has(uuid))];
}

/** The log book of the post: write, and read what was written before. */
function Logbook() {
    const {logbook, ...bundle} = useBundle();
    const items = useHistory();
    const now = useClock();
    const [draft, change] = useDraft();
    if (!logbook) {
        return html`<${Nothing}
            >${_t("The log book comes with the next contact with the office.")}<//
        >`;
    }
    const shift = currentShift(bundle, items, now);
    const entries = allEntries(logbook, items);
    const correct = (entry) => change({corrects: entry.uuid, text: entry.text});
    return html`${shift
        ? html`<${Writing}
              logbook=${logbook}
              shift=${shift}
              draft=${draft}
              change=${change}
          />`
        : html`<${Nothing}>${_t("You have no shift to write on now.")}<//>`}
    ${entries.length > 0 && html`<h2>${_t("Written before")}</h2>`}
    ${entries.map(
        (entry) =>
            html`<${Entry} key=${entry.uuid} entry=${entry} correct=${correct} />`
    )}`;
}

nameKind("log_entry", () => _t("Log book entry"));
screens.add("logbook", {
    title: () => _t("Log book"),
    icon: "book",
    component: Logbook,
    sequence: 40,
    menu: true,
});
