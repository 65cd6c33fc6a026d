"""Why a file couldn't be taken up, in the editors' language: a sentence for each code."""

from django.utils.translation import gettext_lazy as _

from pledges.models import Upload

PROBLEMS = {
    "empty": _("Die Datei ist leer. Laden Sie die Datei mit ihrem Inhalt hoch."),
    "no_text": _("In der Datei steht kein Text. Laden Sie die Datei mit ihrem Inhalt hoch."),
    "no_text_layer": _(
        "Das PDF enthält nur Bilder der Seiten, keinen Text. Es braucht zuerst eine Texterkennung (OCR)."
    ),
    "encrypted": _(
        "Die Datei ist mit einem Passwort gesperrt. Speichern Sie eine Kopie ohne Passwort und laden Sie "
        "diese hoch."
    ),
    "damaged": _("Die Datei ist beschädigt. Holen Sie sie noch einmal von dort, wo sie herkommt."),
    "legacy_doc": _(
        "Das alte Word-Format (.doc) kann das Portal nicht lesen. Speichern Sie die Datei als DOCX oder PDF."
    ),
    "extension": _(
        "Dateien dieser Art kann das Portal nicht lesen. Nehmen Sie PDF, DOCX, HTML, Markdown oder TXT."
    ),
    "disagree": _(
        "Der Inhalt der Datei ist nicht das, was ihr Name sagt. Geben Sie ihr die richtige Endung oder holen "
        "Sie sie noch einmal."
    ),
    "not_text": _("Dem Namen nach ist es eine Textdatei, sie enthält aber keinen lesbaren Text."),
    "encoding": _(
        "Die Zeichen der Datei sind nicht zu entziffern. Speichern Sie sie als UTF-8 und laden Sie sie noch "
        "einmal hoch."
    ),
    "mojibake": _(
        "Umlaute und Sonderzeichen der Datei sind verstümmelt. Holen Sie sie noch einmal von dort, wo sie "
        "herkommt, oder nehmen Sie ein anderes Format."
    ),
    "too_large": _(
        "Die Datei ist zu groß oder enthält zu viel. Nehmen Sie eine, die nur das Programm enthält."
    ),
    "too_slow": _(
        "Die Datei zu lesen dauert zu lange. Speichern Sie sie neu oder nehmen Sie ein anderes Format."
    ),
    "reader_failed": _(
        "Beim Lesen dieser Datei ist ein Fehler aufgetreten. "
        "Speichern Sie sie neu oder nehmen Sie ein anderes Format."
    ),
    "unreadable": _("Die Datei lässt sich nicht lesen. Nehmen Sie ein anderes Format."),
    "already_loaded": _("Diese Datei ist Byte für Byte schon geladen. Es gibt nichts zu tun."),
    "verdicts_lost": _(
        "Zeilen, zu denen es ein Urteil gibt, kämen in dieser Datei nicht mehr als Zeilen vor. Nehmen Sie "
        "eine, in der sie stehen."
    ),
    "changed": _(
        "Seit dem Vergleich hat sich der Text des Programms geändert, oder das Portal liest Dateien "
        "inzwischen anders. Es wurde nichts geladen. Vergleichen Sie noch einmal."
    ),
    "taken": _(
        "Ein Programm mit diesem Kürzel gibt es inzwischen. Es wurde nichts geladen. Verwerfen Sie diese "
        "Datei und laden Sie sie als neue Fassung hoch oder mit einem anderen Kürzel."
    ),
    "title_taken": _(
        "Ein Programm mit diesem Kurztitel gibt es inzwischen. Es wurde nichts geladen. Verwerfen Sie diese "
        "Datei und laden Sie sie als neue Fassung hoch oder mit einem anderen Kurztitel."
    ),
    "catalogue": _(
        "Eine Angabe zum Programm gilt nicht mehr, etwa weil die Partei oder die Wahl inzwischen anders "
        "heißt. Verwerfen Sie diese Datei und laden Sie sie mit den heutigen Angaben hoch."
    ),
    "not_started": _(
        "Auf dem Server ließ sich kein Vorgang starten. Versuchen Sie es noch einmal; hilft das nicht, sagen "
        "Sie der Technik Bescheid."
    ),
    "unexpected": _(
        "Dabei ist ein Fehler aufgetreten, den das Portal nicht vorhergesehen hat. Es wurde nichts geladen. "
        "Versuchen Sie es noch einmal; hilft das nicht, sagen Sie der Technik Bescheid."
    ),
}


def problem_of(upload: Upload) -> str:
    """Return why it failed and what to do, "" where it didn't."""
    return str(PROBLEMS.get(upload.problem, PROBLEMS["unreadable"])) if upload.problem else ""
