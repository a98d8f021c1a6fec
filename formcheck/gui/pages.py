"""The table of pages. A new page is a module with its view and presenter, and one entry here.

A factory imports what its page needs when the page is first shown: plots and dialogs take long to load.
"""

from formcheck.gui.services import Services
from formcheck.gui.shell.page import Menu, Page, Presenter
from formcheck.system.language import to_translate, tr

GUIDE, LIVE, SUMMARY, REVIEW, COMPARE = "guide", "live", "summary", "review", "compare"
SESSIONS, PROGRESS, CLIENTS, PLANS, PRIVACY = "sessions", "progress", "clients", "plans", "privacy"
AGREEMENT, RATING = "agreement", "rating"
SETTINGS, ABOUT = "settings", "about"
WELCOME, CHECK, PROBLEM = "welcome", "check", "problem"


def _guide(s: Services) -> Presenter:
    from formcheck.gui.guide.guide_presenter import GuidePresenter

    return GuidePresenter(s.settings, s.sets, s.library)


def _live(s: Services) -> Presenter:
    from formcheck.gui.live.live_presenter import LivePresenter

    return LivePresenter(s.settings, s.sets, s.notices, s.voice)


def _summary(s: Services) -> Presenter:
    from formcheck.gui.summary.summary_presenter import SummaryPresenter

    return SummaryPresenter(
        s.settings,
        s.sets,
        s.library,
        s.notices,
        s.navigation,
        review=s.sessions.review,
        report=s.reports.save,
        guide_page=GUIDE,
    )


def _review(s: Services) -> Presenter:
    from formcheck.gui.correct.corrections import Corrections
    from formcheck.gui.review.review_presenter import ReviewPresenter

    return ReviewPresenter(
        s.library.jobs,
        s.notices,
        s.questions,
        s.navigation,
        compare=s.sessions.compare_repetitions,
        report=s.reports.save,
        corrections=lambda bar: Corrections(
            bar, s.exercises, s.library, s.notices, s.navigation, lambda: s.settings.value.model_path
        ),
    )


def _compare(s: Services) -> Presenter:
    from formcheck.gui.compare.compare_presenter import ComparePresenter

    return ComparePresenter(s.sessions, s.notices, s.questions, s.navigation)


def _sessions(s: Services) -> Presenter:
    from formcheck.gui.sessions.sessions_presenter import SessionsPresenter

    return SessionsPresenter(
        s.library,
        s.consent,
        s.notices,
        s.questions,
        s.navigation,
        s.reports,
        review=s.sessions.review,
        compare=s.sessions.compare,
    )


def _progress(s: Services) -> Presenter:
    from formcheck.gui.progress.progress_presenter import ProgressPresenter

    return ProgressPresenter(s.settings, s.library, s.notices, s.questions, s.navigation)


def _plans(s: Services) -> Presenter:
    from formcheck.gui.plans.plans_presenter import PlansPresenter

    return PlansPresenter(s.library, s.notices, s.questions, s.navigation)


def _clients(s: Services) -> Presenter:
    from formcheck.gui.clients.clients_presenter import ClientsPresenter

    return ClientsPresenter(s.library, s.consent, s.notices, s.questions)


def _privacy(s: Services) -> Presenter:
    from formcheck.gui.library.privacy_presenter import PrivacyPresenter

    return PrivacyPresenter(s.library, s.notices, s.questions, s.navigation)


def _agreement(s: Services) -> Presenter:
    from formcheck.gui.agreement.agreement_presenter import AgreementPresenter

    return AgreementPresenter(s.library, s.notices, s.questions, s.navigation)


def _rating(s: Services) -> Presenter:
    from formcheck.gui.rating.rating_presenter import RatingPresenter

    return RatingPresenter(s.library.jobs, s.notices, s.questions, s.navigation)


def _settings(s: Services) -> Presenter:
    from formcheck.gui.settings.settings_presenter import SettingsPresenter
    from formcheck.gui.sound.trial import try_voice

    no_speech = {"speech": tr("Nothing on this computer can speak or play: there are tones at most.")}
    return SettingsPresenter(
        s.exercises, s.settings, {} if s.voice.can_speak else no_speech, lambda chosen: try_voice(s.voice, chosen)
    )


def _welcome(s: Services) -> Presenter:
    from formcheck.gui.welcome.welcome_presenter import WelcomePresenter

    return WelcomePresenter(s.settings, s.sets, s.voice, s.navigation)


def _check(s: Services) -> Presenter:
    from formcheck.gui.help.computer_check import ComputerCheckPresenter

    return ComputerCheckPresenter(s.notices)


def _problem(s: Services) -> Presenter:
    from formcheck.gui.help.problem_report import ProblemReportPresenter

    return ProblemReportPresenter(s.notices, s.questions)


def _about(_: Services) -> Presenter:
    from formcheck.gui.shell.about import AboutDialog

    return Presenter(AboutDialog())


PAGES: tuple[Page[Services], ...] = (
    Page(GUIDE, _guide, to_translate("&Guide"), Menu.SET, "Ctrl+G", shows_client=True, shows_choices=True),
    Page(LIVE, _live, while_running=True, shows_client=True, shows_choices=True, back_leads_here=False),
    Page(SUMMARY, _summary, shows_client=True, shows_choices=True, scrolls=True, back_leads_here=False),
    Page(REVIEW, _review, scrolls=True),
    Page(COMPARE, _compare, scrolls=True, back_leads_here=False),
    Page(SESSIONS, _sessions, to_translate("&Sessions"), Menu.LIBRARY, "Ctrl+L", shows_client=True),
    Page(PROGRESS, _progress, to_translate("&Progress"), Menu.LIBRARY, "Ctrl+Shift+P", shows_client=True, back_leads_here=False),
    Page(AGREEMENT, _agreement, to_translate("Chec&k against a sensor"), Menu.LIBRARY, shows_client=True, back_leads_here=False),
    Page(RATING, _rating, to_translate("&Judge a film blind"), Menu.LIBRARY, scrolls=True, back_leads_here=False),
    Page(PLANS, _plans, to_translate("P&lans…"), Menu.LIBRARY, "Ctrl+T"),
    Page(CLIENTS, _clients, to_translate("&Clients…"), Menu.LIBRARY, "Ctrl+K"),
    Page(PRIVACY, _privacy, to_translate("Pri&vacy…"), Menu.LIBRARY),
    Page(SETTINGS, _settings, to_translate("S&ettings…"), Menu.FILE, "Preferences"),
    Page(WELCOME, _welcome, to_translate("&First steps"), Menu.HELP, shows_choices=True, back_leads_here=False),
    Page(CHECK, _check, to_translate("&Check this computer…"), Menu.HELP),
    Page(PROBLEM, _problem, to_translate("&Report a problem…"), Menu.HELP),
    Page(ABOUT, _about, to_translate("&About formcheck"), Menu.HELP, while_running=True),
)
"""In the order of the menus. The first is shown at the start."""
