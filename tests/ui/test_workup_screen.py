"""The work-up screen as a person uses it: keys, panes, undo, wheel, and text that is nobody's markup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from screens import Host, sample, settle, shipped
from smallprotocol import small, workup

from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.ui import theme
from rls_workup.ui.session import Session


@pytest.fixture
def host(qtbot: QtBot, dressed: None) -> Iterator[Host]:
    host = Host()
    yield host
    host.screen.clear()
    host.hide()
    host.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def begun(host: Host, **answers: object) -> Session:
    host.activateWindow()
    patient = {"family_name": "Brown", "date_of_birth": "1961-07-14", "sex": "female"}
    return host.show_workup(small(), workup(patient, **answers))


def focused_item(host: Host) -> str:
    """The item whose row has the focus; "" where the focus is not in the form."""
    focus = QApplication.focusWidget()
    rows = [row for row in host.screen.form.rows if focus is not None and row.isAncestorOf(focus)]
    return rows[0].item_id if rows else ""


def press(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            qtbot.keyClicks(widget, key)
        else:
            qtbot.keyClick(widget, key)


# keyboard


def test_a_yes_no_by_key_moves_on(host: Host, qtbot: QtBot) -> None:
    session = host.show_workup(shipped(), Workup("1"))
    host.screen.focus_item("relieved_by_movement")
    press(qtbot, "n")
    assert session.workup.answers["relieved_by_movement"].value == "no"
    assert focused_item(host) == "relieved_by_movement_earlier", "the item that this answer opened"


def test_rows_stand_in_the_order_of_the_protocol(host: Host) -> None:
    host.show_workup(shipped(), Workup("1"))
    for number, section in enumerate(shipped().sections, 1):
        host.screen.show_section(number)
        page = host.screen.form._pages[section.id]
        assert [row.item_id for row in page.rows] == [item.id for item in shipped().items_of(section.id)]


def test_a_number_with_its_unit_by_keyboard(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.focus_item("ferritin")
    press(qtbot, "38 ug/L", Qt.Key.Key_Return)
    answer = session.workup.answers["ferritin"]
    assert (str(answer.value), answer.unit, answer.state) == ("38", "ug/L", State.ANSWERED)
    assert focused_item(host) == "hba1c"
    assert "low" in {finding.id for finding in session.assessment.findings}


def test_what_is_typed_is_kept_at_once_and_accepted_when_left(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.focus_item("crp")
    press(qtbot, "1")
    press(qtbot, "2")
    qtbot.waitUntil(lambda: "crp" in session.workup.answers, timeout=1000)
    assert session.workup.answers["crp"].typed.startswith("12")
    assert session.undo_stack.count() == 0
    host.screen.focus_item("ferritin")
    assert (str(session.workup.answers["crp"].value), session.workup.answers["crp"].typed) == ("12", "")


def test_rules_see_a_value_that_has_rested(host: Host, qtbot: QtBot) -> None:
    session = begun(host, crp={"value": 5, "unit": "mg/L"})
    host.screen.focus_item("score")
    press(qtbot, "7")
    assert session.assessment.standings["score"].value is None
    qtbot.waitUntil(lambda: session.assessment.standings["score"].value is not None, timeout=3000)
    press(qtbot, Qt.Key.Key_Return)
    session.undo_stack.undo()
    assert "score" not in session.workup.answers, "pause and leaving are one step"


def test_closing_tells_the_field_being_typed_in(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.focus_item("note")
    press(qtbot, "worse at night")
    host.screen.clear()
    assert session.workup.answers["note"].value == "worse at night"


def test_next_unanswered_goes_through_all_sections_and_round(host: Host) -> None:
    session = begun(host)
    host.screen.form.take_focus()
    seen = []
    for _step in range(sum(standing.applies for standing in session.assessment.standings.values())):
        seen.append(focused_item(host))
        host.screen.next_unanswered()
    wanted = [
        item
        for item, standing in session.assessment.standings.items()
        if standing.applies and not standing.known
    ]
    assert seen[: len(wanted)] == wanted
    host.screen.previous_unanswered()
    assert focused_item(host) in wanted


def test_unanswered_leaves_out_what_is_awaited_or_spoken_for(host: Host) -> None:
    begun(
        host,
        ferritin={"state": "ordered", "since": "2026-11-20"},
        hba1c={"state": "declined"},
        iron={"value": "9 pints", "state": "rejected"},
    )
    host.screen.focus_item("ferritin")
    host.screen.next_unanswered()
    assert focused_item(host) == "iron"


def test_panes_by_f6(host: Host) -> None:
    begun(host)
    screen = host.screen
    places = []
    for _step in range(4):
        screen.next_pane()
        focus = QApplication.focusWidget()
        panes = {"sections": screen.sections, "form": screen.form, "findings": screen._right}
        places += [name for name, pane in panes.items() if focus is not None and pane.isAncestorOf(focus)]
    assert len(set(places)) == 3
    assert places[0] == places[3]


def test_tab_goes_down_the_form_in_reading_order(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.show_section(1)
    host.screen.focus_item(next(iter(session.protocol.items)))
    order: list[str] = []
    for _step in range(40):
        item = focused_item(host)
        if not item:
            break
        if not order or order[-1] != item:
            order.append(item)
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [item.id for item in session.protocol.items_of(session.protocol.sections[0].id)]
    assert order == [item for item in wanted if session.assessment.standings[item].applies]


def test_find_goes_to_the_item(host: Host, qtbot: QtBot) -> None:
    begun(host)
    host.screen.find_item()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    line = popup.findChild(QLineEdit)
    assert line is not None
    line.setText("transf sat")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert focused_item(host) == "tsat"


# undo


def test_undo_key_in_an_untouched_field_is_the_window_s(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.focus_item("crp")
    press(qtbot, "12", Qt.Key.Key_Return)
    host.screen.focus_item("crp")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    event = override(Qt.Key.Key_Z)
    assert not (QApplication.sendEvent(field, event) and event.isAccepted())
    press(qtbot, "9")
    event = override(Qt.Key.Key_Z)
    QApplication.sendEvent(field, event)
    assert event.isAccepted(), "in a field being typed in, undo is the field's own"
    assert session.undo_stack.count() == 1


def override(key: Qt.Key) -> QEvent:
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)


def test_undo_shows_the_value_before(host: Host, qtbot: QtBot) -> None:
    session = begun(host, ferritin={"value": 5, "unit": "ng/mL"})
    host.screen.focus_item("ferritin")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    press(qtbot, "12", Qt.Key.Key_Return)
    session.undo_stack.undo()
    assert field.text() == "5"


# nothing changes by itself


def test_the_wheel_changes_no_answer(host: Host) -> None:
    session = host.show_workup(shipped(), sample(), 1280, 720)
    before = session.workup
    for number in range(1, len(shipped().sections) + 1):
        host.screen.show_section(number)
        settle()
        for field in host.screen.form.findChildren(QWidget):
            if isinstance(field, (QComboBox, QLineEdit, QPlainTextEdit, QPushButton)):
                turn(field)
    host.screen.form.commit()
    assert session.workup == before


def turn(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    wheel = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, wheel)


def test_walking_through_all_sections_changes_nothing(host: Host, qtbot: QtBot) -> None:
    session = host.show_workup(shipped(), sample(), 1280, 720)
    before = session.workup
    for item in shipped().items:
        if session.assessment.standings[item].applies:
            host.screen.focus_item(item)
            press(qtbot, Qt.Key.Key_Tab)
    host.screen.form.commit()
    assert session.workup == before
    assert session.undo_stack.count() == 0


def test_a_change_of_look_keeps_the_place_and_the_typing(host: Host, qtbot: QtBot) -> None:
    session = begun(host)
    host.screen.focus_item("crp")
    press(qtbot, "12")
    theme.current.choose("dark")
    settle()
    assert focused_item(host) == "crp"
    assert str(session.accepted_answer("crp").value if session.accepted_answer("crp") else "12") == "12"
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "12"


def test_conditional_items_keep_their_answers_while_away(host: Host) -> None:
    session = begun(host, urge="no", earlier="yes")
    host.screen.focus_item("urge")
    assert "earlier" in [row.item_id for row in host.screen.form.rows]
    session.answer("urge", Answer("yes"))
    session.undo_stack.undo()
    assert "earlier" in [row.item_id for row in host.screen.form.rows]
    assert session.workup.answers["earlier"].value == "yes"


# hostile text

PICTURE = "<img src='{path}' width='400' height='400'><b>&bold</b>\u202e<i>"


@pytest.fixture
def red_picture(tmp_path: object) -> str:
    path = f"{tmp_path}/red.png"
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 0))
    assert picture.save(path)
    return path


def hostile_workup(section: str, text: str) -> Workup:
    """A work-up in which every text of one section, and of the patient, is markup."""
    answers = {}
    for item in shipped().items_of(section):
        rejected = Answer(text, State.REJECTED, reason=text, note=text, unit=text, collected=text, typed=text)
        answers[item.id] = Answer(text, note=text) if item.kind == "text" else rejected
        if item.kind == "medications":
            answers[item.id] = Answer(
                [{"name": text, "dose": text}, {"name": f"metformin {text}"}], note=text
            )
    return Workup("1", patient=Patient(text, text, text, text, text), answers=answers, visit_date=text)


@pytest.mark.parametrize("number", range(1, len(shipped().sections) + 1))
def test_markup_in_every_text_is_shown_as_it_is(host: Host, red_picture: str, number: int) -> None:
    text = PICTURE.format(path=red_picture)
    section = shipped().sections[number - 1].id
    host.show_workup(shipped(), hostile_workup(section, text))
    host.screen.show_section(number)
    for button in host.screen.findings.findChildren(QPushButton)[:6]:
        if button.isCheckable() and button.isVisible():
            button.setChecked(True)
    settle()
    assert red_pixels(host) == 0
    assert "<img" in host.screen.banner._name.text()


def test_the_red_picture_would_be_seen(host: Host, red_picture: str) -> None:
    host.show_workup(shipped(), Workup("1"))
    host.screen.banner._name.setTextFormat(Qt.TextFormat.RichText)
    host.screen.banner._name.setText(f"<img src='{red_picture}'>")
    settle()
    assert red_pixels(host) > 100


def red_pixels(widget: QWidget) -> int:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return picture.constBits().cast("I").tolist().count(0xFFFF0000)


# narrow


def test_below_86_em_the_panes_give_way_to_a_box_and_a_strip(host: Host) -> None:
    begun(host, ferritin={"value": 20, "unit": "ng/mL"})
    screen = host.screen
    host.resize(1000, 700)
    settle()
    assert not screen.sections.isVisible()
    assert screen.box.isVisible()
    assert screen.strip.text().startswith("1 finding")
    screen.to_findings()
    assert screen.findings.isVisible()
    assert not screen.form.isVisible()
    screen.focus_item("ferritin")
    assert focused_item(host) == "ferritin"
    host.resize(1400, 700)
    settle()
    assert screen.sections.isVisible()
    assert screen.findings.isVisible()
    assert not screen.strip.isVisible()


def test_an_answer_whose_question_is_closed_again_stays_and_says_so(host: Host) -> None:
    session = begun(host, urge="no", earlier="yes")
    host.screen.focus_item("earlier")
    row = next(row for row in host.screen.form.rows if row.item_id == "earlier")
    words = "Not asked any more with the other answers; kept, and it counts until it is taken back."
    assert words not in [label.text() for label in row.findChildren(QLabel)]
    asked = session.assessment.sections["questions"]
    session.answer("urge", Answer("yes"))
    assert not row.isHidden()
    assert words in [label.text() for label in row.findChildren(QLabel)]
    counted = session.assessment.sections["questions"]
    assert counted.answered + counted.open == asked.answered + asked.open - 1
    session.answer("earlier", None)
    assert row.isHidden()


# findings


def test_a_finding_leads_to_its_field_and_says_why(host: Host) -> None:
    session = begun(host)
    session.answer("ferritin", Answer(20, unit="ng/mL"))
    words = [label.text() for label in host.screen.findings.findChildren(QWidget) if hasattr(label, "text")]
    assert any("Low" in text for text in words)
    buttons = {button.text(): button for button in host.screen.findings.findChildren(QPushButton)}
    buttons["Why"].setChecked(True)
    settle()
    words = [label.text() for label in host.screen.findings.findChildren(QWidget) if hasattr(label, "text")]
    assert any("Ferritin ≤ 75 ng/mL" in text for text in words)
    buttons["Go to field"].click()
    assert focused_item(host) == "ferritin"


def test_cards_that_did_not_change_stay(host: Host) -> None:
    session = begun(host, ferritin={"value": 20, "unit": "ng/mL"})
    before = host.screen.findings._urgent.cards[:]
    session.answer("note", Answer("x"))
    assert host.screen.findings._urgent.cards == before


def test_a_new_alert_is_announced_once(host: Host) -> None:
    session = begun(host)
    said: list[str] = []
    host.screen.findings.alerted.connect(said.append)
    session.answer("part_1", Answer(3))
    session.answer("part_2", Answer(3))
    session.answer("note", Answer("x"))
    assert said == ["Alert: Total 6"]


def test_of_a_list_higher_than_the_view_the_field_in_focus_is_seen(host: Host) -> None:
    medicines = [{"name": "omeprazole", "dose": "20 mg"} for _ in range(14)]
    host.show_workup(shipped(), Workup("1").answered("medications", Answer(medicines)))
    for item in ("medications", "caffeine"):
        host.screen.focus_item(item)
        settle()
        form, field = host.screen.form, host.screen.focusWidget()
        assert field is not None
        place = QRect(field.mapTo(form.viewport(), QPoint(0, 0)), field.size())
        assert form.viewport().rect().contains(place), item
