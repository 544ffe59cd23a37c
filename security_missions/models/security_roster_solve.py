import logging
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from odoo import SUPERUSER_ID, api, fields, models
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying

from ..engine.roster.client import Reasons, Run, SolverFailed

_logger = logging.getLogger(__name__)
# How often the run is told where the worker is, in seconds.
TICK = 1.0
# A search says so every second: silent for so long, its server is gone.
LOST_AFTER = timedelta(minutes=5)
# Share of the time of the first search; the rest mends what the rules refuse.
FIRST_SHARE = 0.8
ROUNDS = 3
SHORTEST = 2.0
MOST_EXPLAINING = 30.0


class SecurityRosterRun(models.Model):
    """A search runs in a process of its own, followed by a thread of the server.

    Nothing is locked meanwhile: each look at the database is a short transaction.
    """

    _inherit = "security.roster.run"

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_start(self):
        """Start the search, or start it again."""
        self.ensure_one()
        self._check_alive()
        self._check_startable()
        self._mark_started()
        # Once it is written, so that the thread sees what is asked.
        self.env.cr.postcommit.add(self._start_apart())

    def action_stop(self):
        """End the search with the best rota it has."""
        self.check_access("write")
        self._check_alive()
        running = self.filtered(lambda run: run.state == "running")
        if not running:
            raise UserError(
                self.env._("This search is not running: there is nothing to stop.")
            )
        running._solving().write({"stop_requested": True})

    def action_refresh(self):
        """Say whether the search still lives; whoever looks at it asks."""
        self.check_access("read")
        self._check_alive()
        return True

    @api.model
    def _cron_alive(self):
        """Tell of the searches whose server was stopped."""
        self.search([("state", "=", "running")])._check_alive()

    # ------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------

    def _check_startable(self):
        self.check_access("write")
        if self.state in ("running", "applied"):
            raise UserError(
                self.env._(
                    "“%(run)s” is %(state)s: stop or undo it before you start it "
                    "again.",
                    run=self.name,
                    state=self._state_name(),
                )
            )

    def _state_name(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return states[self.state].lower()

    def _mark_started(self):
        run = self._solving()
        run.assignment_ids.unlink()
        run.uncovered_ids.unlink()
        run.guard_ids.unlink()
        run.write(
            {
                "state": "running",
                "stop_requested": False,
                "message": False,
                "phase": self.env._("Gathering facts"),
                "progress": 0,
                "cost": 0,
                "bound": 0,
                "gap": 0,
                "covered": 0,
                "heartbeat": fields.Datetime.now(),
                "date_started": fields.Datetime.now(),
                "started_user_id": self.env.uid,
            }
        )

    def _check_alive(self):
        """A search nobody has heard of for long has failed, and says so."""
        oldest = fields.Datetime.now() - LOST_AFTER
        for run in self.filtered(lambda r: r.state == "running"):
            if not run.heartbeat or run.heartbeat < oldest:
                run._fail(
                    self.env._(
                        "The server was stopped during the search: start it again."
                    )
                )

    def _fail(self, message):
        self._solving().write({"state": "failed", "message": message, "phase": False})

    def _tell(self, worker, share=1.0):
        """Store where the worker is.

        :return: whether somebody wants it to stop
        """
        values = {"heartbeat": fields.Datetime.now()}
        if worker.progress:
            progress = worker.progress
            gap = None if progress.bound is None else progress.cost - progress.bound
            values.update(
                phase=self._phase_name(progress.phase),
                progress=min(99.0, 100 * share * progress.seconds / self.seconds),
                cost=progress.cost,
                bound=progress.bound or 0.0,
                gap=100 * max(0.0, gap) / max(progress.cost, 1e-9) if gap else 0.0,
            )
        if worker.best:
            taken = {key for _who, key in worker.best.assignments}
            values["covered"] = len(taken - _locked(worker.problem))
        self._solving().write(values)
        return self.stop_requested

    def _phase_name(self, phase):
        return {
            "start": self.env._("Starting"),
            "first plan": self.env._("First rota"),
            "relaxation": self.env._("Proving what no rota can beat"),
        }.get(phase, self.env._("Improving the rota"))

    # ------------------------------------------------------------
    # THE SEARCH
    # ------------------------------------------------------------

    def _start_apart(self):
        """What starts the thread of this search, on connections of its own."""
        thread = threading.Thread(
            target=_solve_apart,
            args=(self.env.cr.dbname, self.id, self.env.uid, dict(self.env.context)),
            name=f"security.roster.run-{self.id}",
            daemon=True,
        )
        return thread.start

    def _solve_now(self):
        """Search in this transaction and wait for the end."""
        self.ensure_one()
        self._check_startable()
        self._mark_started()
        _pursue(lambda action: action(self))


def _solve_apart(dbname, key, uid, context):
    """The thread of a search: each step is a transaction, run again on a conflict."""

    def door(action):
        with Registry(dbname).cursor() as cr:
            env = Environment(cr, uid or SUPERUSER_ID, context)
            run = env["security.roster.run"].browse(key)
            return retrying(partial(action, run), env)

    try:
        _pursue(door)
    except Exception:  # the run is gone, or the database
        _logger.exception("The search %s could not be followed.", key)


def _pursue(door):
    """Follow a search from the facts to the result.

    :param door: ``door(action)`` answers ``action(run)`` of a transaction
    """
    try:
        _search(door)
    except UserError as error:
        message = str(error)
        door(lambda run: run._fail(message))
    except SolverFailed as error:
        said = str(error)
        door(
            lambda run: run._fail(
                run.env._(
                    "The solver ended before its time, nothing was changed: start the "
                    "search again. (%(reason)s)",
                    reason=said,
                )
            )
        )
    except Exception:
        _logger.exception("A search for a rota failed.")
        door(
            lambda run: run._fail(
                run.env._(
                    "The search failed and changed nothing: start it again, and show "
                    "the log of the server to whoever runs it if it fails again."
                )
            )
        )


def _search(door):
    facts = door(lambda run: run._gather())
    wanted = len(facts.shift_ids)
    seconds = door(lambda run: run._announce(wanted))
    problem, left, best = facts.problem, float(seconds), None
    for number in range(ROUNDS):
        share = max(SHORTEST, left * (1 if number else FIRST_SHARE))
        try:
            worker, stopped = _follow(door, Run(problem, min(share, seconds)))
        except SolverFailed:
            if best is None:
                raise
            _logger.warning(
                "A search ended early, the rota so far stays.", exc_info=True
            )
            break
        solution, left = worker.best, left - worker.best.seconds
        plan = _plan(facts, solution)
        kept, refused = door(partial(_checked, plan, facts.shift_ids))
        if best is None or len(kept) > len(best[1]):
            best = solution, kept, refused
        if not refused or stopped or left < SHORTEST:
            break
        problem = _forbid(problem, plan, refused)
    solution, kept, refused = best
    plan = _plan(facts, solution)
    pairs = solution.assignments - {(plan[key], key) for key in refused}
    gaps = []
    if len(kept) < wanted:
        reasons = Reasons(facts.problem, min(MOST_EXPLAINING, seconds), plan=pairs)
        gaps = _explained(door, reasons)
    door(lambda run: run._store(facts, solution, plan, kept, refused, gaps))


def _explained(door, reasons):
    """The gaps explained until the end, good or bad: the rota does not need them."""
    try:
        _follow(door, reasons)
    except SolverFailed:
        _logger.warning("The gaps of a rota were not all explained.", exc_info=True)
    return reasons.found


def _checked(plan, shift_ids, run):
    return run._verify(plan, shift_ids)


def _follow(door, worker):
    """Start a worker and tell the run where it is until it ends.

    :return: (worker, whether somebody stopped it)
    :raises SolverFailed: the process ended without its last word
    """
    failures, stopped = [], False
    try:
        worker.start()
    except OSError as error:  # no memory, no process left
        raise SolverFailed(str(error)) from error

    def wait():
        try:
            worker.wait()
        except Exception as error:
            failures.append(error)

    waiter = threading.Thread(target=wait, daemon=True)
    waiter.start()
    try:
        while waiter.is_alive():
            waiter.join(TICK)
            if door(lambda run: run._tell(worker)) and not stopped:
                stopped = True
                worker.stop()
    except BaseException:
        with suppress(OSError):
            worker.kill()
        raise
    if failures:
        raise failures[0]
    explains = isinstance(worker, Reasons)
    # Out of time by far: its last plan is as good as any.
    if not worker.finished and not (worker.killed and (worker.best or explains)):
        raise SolverFailed(worker.error or "the process was killed")
    return worker, stopped


def _locked(problem):
    return {key for guard in problem.guards for key in guard.locked}


def _plan(facts, solution):
    """``{shift id: guard id}`` of the shifts to cover."""
    ours = set(facts.shift_ids)
    return {key: who for who, key in solution.assignments if key in ours}


def _forbid(problem, plan, refused):
    """The problem without the pairs the rules refused, to start from the others."""
    banned = {(plan[key], key): finding for key, finding in refused.items()}
    guards = tuple(
        replace(
            guard,
            refused={
                **guard.refused,
                **{k: f.rule for (who, k), f in banned.items() if who == guard.id},
            },
        )
        for guard in problem.guards
    )
    previous = problem.previous
    if not problem.weights.moved:
        previous = frozenset((who, key) for key, who in plan.items()) - set(banned)
    return replace(problem, guards=guards, previous=previous)
