"""Titles: nobody works without one that covers every day of the shift."""

from datetime import timedelta

from ..card_cover import cover
from .base import Rule, remedy

NOT_FOR_LARGE_EVENTS = frozenset({"patrol", "control_room", "alarm", "video"})
LARGE_EVENTS = "SGE"
TRAINEE_KINDS = frozenset({"provisional"})
REASONS = {
    "no_card": ("holds no card", "n'a aucune carte"),
    "other_activity": (
        "holds cards for other activities only",
        "n'a de carte que pour d'autres activités",
    ),
    "other_kind": (
        "holds a title that does not allow to work on a post",
        "a un titre qui ne permet pas de tenir un poste",
    ),
    "expired": ("the card expired on %(end)s", "la carte a expiré le %(end)s"),
    "not_started": (
        "the card starts on %(start)s only",
        "la carte ne commence que le %(start)s",
    ),
    "no_date": (
        "the card has no last day of validity",
        "la carte n'a pas de date de fin",
    ),
    "draft": ("the card was never verified", "la carte n'a jamais été vérifiée"),
    "suspended": ("the card is suspended", "la carte est suspendue"),
    "withdrawn": ("the card was withdrawn", "la carte a été retirée"),
}


def _cover(titles, item):
    return cover(titles, item.slot.activity, item.first_day, item.last_day)


def _covered_until(person, item, answer, wanted):
    """The last day of the titles that follow each other without a gap, as far as the
    day ``wanted``: a card that is suspended or allows no work renews nothing."""
    end, activity = answer.titles[-1].end, item.slot.activity
    while end < wanted:
        day = end + timedelta(days=1)
        following = cover(person.titles, activity, day, day)
        if not following.complete:
            return end
        end = following.titles[-1].end
    return end


def _learning(person, item):
    """The provisional authorisation that lets a trainee learn on this post, if any."""
    for title in person.titles:
        if (
            title.kind in TRAINEE_KINDS
            and item.slot.activity in title.activities
            and title.state in ("valid", "to_renew")
            and (title.start or item.first_day) <= item.first_day
            and title.end is not None
            and title.end >= item.last_day
        ):
            return title
    return None


class ValidCard(Rule):
    """No card covers the activity on every day of the shift."""

    id = "PRO-01"
    each_alone = True
    severity = "block"
    source = "CSI L612-20"

    def check(self, person, plan):
        """See ``Rule``."""
        for item, answer in plan.covers:
            if answer.complete or _learning(person, item):
                continue
            near = answer.nearest
            if near and near.state == "receipt" and answer.reason == "expired":
                continue  # PRO-04 says it better.
            en, fr = REASONS[answer.reason]
            yield from self.find(
                [item],
                texts={
                    "en": f"%(guard)s may not hold %(activity)s on %(day)s: {en}.",
                    "fr": "%(guard)s ne peut pas tenir %(activity)s le %(day)s : "
                    f"{fr}.",
                },
                guard=person.name,
                activity=item.slot.activity_name,
                day=answer.day,
                end=near and near.end,
                start=near and near.start,
                remedies=[
                    remedy(
                        "replace",
                        "Choose a guard with a valid card for %(activity)s.",
                        "Choisissez un agent dont la carte %(activity)s est valide.",
                        activity=item.slot.activity_name,
                    )
                ],
            )


class CardExpiresSoon(Rule):
    """The card ends within some days after the shift."""

    id = "PRO-02"
    each_alone = True
    source = "CSI R612-13"
    texts = {
        "en": "The card of %(guard)s ends on %(end)s, %(value)s days after this shift.",
        "fr": "La carte de %(guard)s expire le %(end)s, %(value)s jours après cette "
        "vacation.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, answer in plan.covers:
            figure = self.figure(person, "card_warn_days", item.last_day)
            if not figure or not answer.complete:
                continue
            wanted = item.last_day + timedelta(days=figure.value)
            end = _covered_until(person, item, answer, wanted)
            left = (end - item.last_day).days
            if left < figure.value:
                yield from self.find(
                    [item],
                    figure=figure,
                    value=left,
                    unit="d",
                    guard=person.name,
                    end=end,
                    remedies=[
                        remedy(
                            "renew",
                            "Have the card renewed before %(end)s.",
                            "Faites renouveler la carte avant le %(end)s.",
                            end=end,
                        )
                    ],
                )


class LargeEventsOnly(Rule):
    """A card for large events is used on another post, or for a task it excludes."""

    id = "PRO-03"
    each_alone = True
    severity = "block"
    source = "CSI R612-12; décret 2022-592"
    texts = {
        "en": "%(guard)s holds a card for large events only: not for this post.",
        "fr": "%(guard)s n'a qu'une carte de surveillance de grands évènements : pas "
        "pour ce poste.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, answer in plan.covers:
            fits = item.slot.event and not item.slot.tasks & NOT_FOR_LARGE_EVENTS
            if fits or not answer.complete:
                continue
            # Whoever holds a full card too may use that one.
            others = [t for t in person.titles if t.code != LARGE_EVENTS]
            if not _cover(others, item).complete:
                yield from self.find([item], guard=person.name)


class ReceiptOver(Rule):
    """The receipt of the renewal is over."""

    id = "PRO-04"
    each_alone = True
    severity = "block"
    source = "CSI R612-17"
    texts = {
        "en": "The receipt of %(guard)s is over since %(end)s.",
        "fr": "Le récépissé de %(guard)s est échu depuis le %(end)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, answer in plan.covers:
            near = answer.nearest
            if answer.reason == "expired" and near.state == "receipt":
                yield from self.find(
                    [item],
                    guard=person.name,
                    end=near.end,
                    remedies=[
                        remedy(
                            "renew",
                            "Record the new receipt or the new card.",
                            "Enregistrez le nouveau récépissé ou la nouvelle carte.",
                        )
                    ],
                )


class TraineeAlone(Rule):
    """A trainee without a carded colleague on the site."""

    id = "PRO-05"
    each_alone = True
    severity = "override"
    source = "CSI L612-23"
    texts = {
        "en": "%(guard)s is a trainee: a colleague with a card must be on the site all "
        "along.",
        "fr": "%(guard)s est en apprentissage : un collègue titulaire d'une carte doit "
        "être présent sur le site pendant toute la vacation.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, answer in plan.covers:
            if answer.complete or item.slot.trained_colleague:
                continue
            if _learning(person, item):
                yield from self.find([item], guard=person.name)


class LastCheck(Rule):
    """The titles were not verified lately: said of the shifts of the days to come,
    not of those that a verification will still precede."""

    id = "PRO-06"
    source = "CSI R631-15"
    texts = {
        "en": "The card of %(guard)s was last verified on %(last)s: every %(limit)s "
        "days at least.",
        "fr": "La carte de %(guard)s a été vérifiée pour la dernière fois le %(last)s "
        ": tous les %(limit)s jours au moins.",
    }
    never = {
        "en": "The card of %(guard)s was never verified: every %(limit)s days at "
        "least.",
        "fr": "La carte de %(guard)s n'a jamais été vérifiée : tous les %(limit)s "
        "jours au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``. Silent while today is unknown, or the guard has no title."""
        if person.today is None or not person.titles:
            return
        figure = self.figure(person, "card_check_days", person.today)
        last = person.last_check
        if not figure or (last and (person.today - last).days <= figure.value):
            return
        until = person.today + timedelta(days=figure.value)
        items = [i for i in plan.items if person.today <= i.first_day <= until]
        if items:
            yield from self.find(
                items,
                texts=self.texts if last else self.never,
                figure=figure,
                value=last and (person.today - last).days,
                unit="d",
                guard=person.name,
                last=last,
                remedies=[
                    remedy(
                        "verify",
                        "Verify the card in the directory of the CNAPS.",
                        "Vérifiez la carte dans l'annuaire du CNAPS.",
                    )
                ],
            )


class NotAttached(Rule):
    """The guard is not on the employer's list at the CNAPS."""

    id = "PRO-07"
    source = "CNAPS, Dracar Ultimate"
    texts = {
        "en": "%(guard)s is not attached to the firm's list at the CNAPS.",
        "fr": "%(guard)s n'est pas rattaché à la liste de l'entreprise au CNAPS.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if person.attached is False and plan.items:
            yield from self.find(plan.items, guard=person.name)


class DogOfTheCard(Rule):
    """A dog handler without a dog of his card whose documents are in order."""

    id = "PRO-11"
    each_alone = True
    severity = "override"
    source = "CSI R612-12; Code rural L211-11"
    texts = {
        "en": "%(guard)s has no dog named on the card with documents valid on %(day)s.",
        "fr": "%(guard)s n'a pas de chien inscrit sur sa carte avec des documents "
        "valides le %(day)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item in plan.items:
            if "dog" not in item.slot.tasks:
                continue
            if not any(
                dog.on_card and dog.documents_end and dog.documents_end >= item.last_day
                for dog in person.dogs
            ):
                yield from self.find([item], guard=person.name, day=item.last_day)


RULES = (
    ValidCard(),
    CardExpiresSoon(),
    LargeEventsOnly(),
    ReceiptOver(),
    TraineeAlone(),
    LastCheck(),
    NotAttached(),
    DogOfTheCard(),
)
