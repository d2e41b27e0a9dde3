"""The words of the demonstration museum: halls, records, exhibitions and activities in three languages."""

from museum.demo.records.activities import ActivityRecord, StepRecord, activities
from museum.demo.records.activity_art import activity_picture_texts, activity_pictures, draw_activity_picture
from museum.demo.records.artifacts import CATEGORIES, CATEGORY_NAMES, ArtifactRecord, artifact_record
from museum.demo.records.exhibitions import ExhibitionRecord, SectionRecord, Selector, exhibitions
from museum.demo.records.halls import hall_texts, museum_texts, scene_texts
from museum.demo.records.images import ImageRecord, image_record
from museum.demo.records.treasures import TreasureRecord, treasure_artifact, treasure_record, treasures
from museum.demo.records.words import RIGHTS, Texts, say, sentences, simplified

__all__ = [
    "CATEGORIES",
    "CATEGORY_NAMES",
    "RIGHTS",
    "ActivityRecord",
    "ArtifactRecord",
    "ExhibitionRecord",
    "ImageRecord",
    "SectionRecord",
    "Selector",
    "StepRecord",
    "Texts",
    "TreasureRecord",
    "activities",
    "activity_picture_texts",
    "activity_pictures",
    "artifact_record",
    "draw_activity_picture",
    "exhibitions",
    "hall_texts",
    "image_record",
    "museum_texts",
    "say",
    "scene_texts",
    "sentences",
    "simplified",
    "treasure_artifact",
    "treasure_record",
    "treasures",
]
