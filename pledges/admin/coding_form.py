from django import forms
from django.utils.translation import gettext_lazy as _

from pledges.coding.labels import Labels, broken_rules
from pledges.differences import RULES_IN_WORDS, Labelling, labelling
from pledges.labels import holding
from pledges.models import Coding, Statement, Topic

TOPIC_FIELDS = ("main_topic", "second_topic", "third_topic")


class WithTopics(forms.BaseForm):
    """For a form with a field for each of the topics that a statement may have."""

    @property
    def topic_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in TOPIC_FIELDS]

    @property
    def topics(self) -> list[Topic]:
        """The topics given, main one first."""
        given = [self.cleaned_data.get(name) for name in TOPIC_FIELDS]
        return [topic for topic in given if topic]


def initial_topics(labelled: Coding | Statement) -> dict[str, Topic]:
    """Return what the fields of the topics hold at first."""
    return dict(zip(TOPIC_FIELDS, labelled.ordered_topics, strict=False))


class CodingForm(WithTopics, forms.ModelForm):
    """An editor's coding of a statement. It is added to the log; the statement's labels follow from that.

    `seen` is the key of the coding that held when the form was shown, 0 for none.
    """

    main_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Hauptthema"))
    second_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Zweites Thema"))
    third_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Drittes Thema"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Statement
        fields = ["kind", "commitment", "measurable"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(initial_topics(self.instance))
        if self.instance.pk and not self.is_bound and "seen" not in self.initial:
            held = holding([self.instance.pk]).get(self.instance.pk)
            self.initial["seen"] = held.pk if held else 0

    def clean(self) -> dict:
        """Say in words what the database holds too, and the codebook's rules on topics."""
        data = super().clean() or self.cleaned_data
        given = data.get("kind"), data.get("commitment"), bool(data.get("measurable"))
        for label, rule in broken_rules(*given, self.topics).items():
            self.add_error("main_topic" if label == "topics" else label, RULES_IN_WORDS[rule])
        return data

    @property
    def labels(self) -> Labels:
        """What the form says, valid, for the log."""
        data, topics = self.cleaned_data, tuple(topic.slug for topic in self.topics)
        return Labels(data["kind"], data["commitment"] or None, data["measurable"], topics)

    @property
    def labelling(self) -> Labelling:
        """The same for people."""
        return labelling(self.labels, (topic.name for topic in self.topics))
