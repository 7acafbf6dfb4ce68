"""What a reading process is made of, and that it can be sent to one."""

import dataclasses
import pickle

import pytest

from jobs.tools import Setup, make_tools
from pipeline.attribute import People
from sagstjek.errors import ModelError, ProgramError
from sagstjek.settings import Settings
from tests.doubles.classifiers import ScriptedClassifier
from tests.doubles.engines import ScriptedEngine

SETUP = Setup(Settings(), People(names={"2512489996": (("nancy", "berggren"),)}), b"secret key")


def test_survives_the_way_to_a_worker_and_shows_nothing():
    assert pickle.loads(pickle.dumps(SETUP)) == SETUP
    assert not any(word in repr(SETUP) for word in ("secret", "9996", "nancy"))


def test_engines_given_are_used_and_stand_in_the_version():
    engine, model = ScriptedEngine(), ScriptedClassifier({})
    tools = make_tools(SETUP, engine, model)
    assert (tools.engine, tools.classifier, tools.breaks, tools.key) == (engine, model, model, b"secret key")
    assert tools.version.endswith("scripted/scripted 1")


@pytest.mark.parametrize("change", [{"reading": "full"}, {"ocr_dpi": 200}])
def test_settings_that_matter_change_the_version(change):
    other = dataclasses.replace(SETUP, settings=dataclasses.replace(Settings(), **change))
    engine, model = ScriptedEngine(), ScriptedClassifier({})
    assert make_tools(other, engine, model).version != make_tools(SETUP, engine, model).version


def test_what_is_not_there_is_told():
    with pytest.raises(ModelError):
        make_tools(dataclasses.replace(SETUP, model=b"no model"), ScriptedEngine())
    strange = dataclasses.replace(Settings(), languages="xyz")
    with pytest.raises(ProgramError, match="xyz"):
        make_tools(dataclasses.replace(SETUP, settings=strange), model=ScriptedClassifier({}))
