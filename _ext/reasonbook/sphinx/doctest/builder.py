"""The doctest builder runs every JSON example: those of the catalogue and those of the pages.

The catalogue's are taken from the model, so that each runs once, whether a page shows it or not;
those of pages are the JSON blocks of their doctrees. Both go through Sphinx's own doctest runner,
so that counting, output and exit code are what its users know.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.ext.doctest import DocTestBuilder, SphinxDocTestRunner
from sphinx.util import logging

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.examples.runner import Examiner
from reasonbook.sphinx.doctest.blocks import find_page_blocks
from reasonbook.sphinx.report import log
from reasonbook.sphinx.sphinx_domain import state_of

logger = logging.getLogger(__name__)
GROUP = "reasonbook"


class ExampleRunner(SphinxDocTestRunner):
    """Runs tests that may call ``check_example``."""

    def __init__(self, check: Callable[[str], None], optionflags: int) -> None:
        super().__init__(verbose=False, optionflags=optionflags)
        self._check = check

    def run(self, test: Any, *args: Any, **options: Any) -> Any:
        """Run a test with ``check_example`` among its names."""
        test.globs["check_example"] = self._check
        return super().run(test, *args, **options)


class ExampleDocTestBuilder(DocTestBuilder):
    """Sphinx's doctest builder, which also tests every JSON example."""

    def init(self) -> None:
        """Begin with nothing run; without a document to write, nothing else is called."""
        super().init()
        self._checks: dict[str, Callable[[], Problems]] = {}
        self.examples_run = 0
        self._is_whole = True  # else files were named on the command line

    def write_documents(self, docnames: Set[str]) -> None:
        """Test the catalogue's examples, then the documents; count both."""
        self._is_whole = docnames >= self.env.found_docs
        self._test_catalogue()
        super().write_documents(docnames)

    def _test_catalogue(self) -> None:
        for api in state_of(self.env).catalogue.apis.values():
            examiner = Examiner(api)
            by_file: dict[str, list[nodes.literal_block]] = {}
            for example_id in examiner.ids():
                at = examiner.location(example_id)
                name = str(example_id)
                check = lambda example_id=example_id, examiner=examiner: examiner.check(example_id)  # noqa: E731
                by_file.setdefault(at.path, []).append(self._test_node(name, at, check))
            for path, tests in by_file.items():
                document = new_document(path)
                document += tests
                self.test_doc(path, document)

    def _test_node(
        self, name: str, at: Location, check: Callable[[], Problems]
    ) -> nodes.literal_block:
        """Return a block that the doctest builder runs, and that reports its place as *at*."""
        block = nodes.literal_block("", "")
        make_test(block, self._add(name, check), at)
        return block

    def _add(self, name: str, check: Callable[[], Problems]) -> str:
        """Note a check under a name of its own, which is returned."""
        while name in self._checks:
            name += "'"
        self._checks[name] = check
        return name

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Test a document: its own doctests, and every JSON block written on it."""
        for block in find_page_blocks(self.env, docname, doctree, state_of(self.env)):
            make_test(block.node, self._add(block.name, block.check), block.location)
        return super().test_doc(docname, doctree)

    @property
    def test_runner(self) -> ExampleRunner:
        """The runner of a document's tests: where Sphinx sets its own, one that knows examples."""
        return self._test_runner

    @test_runner.setter
    def test_runner(self, usual: SphinxDocTestRunner) -> None:
        self._test_runner = ExampleRunner(self._check, self.opt)

    def _check(self, name: str) -> None:
        """Check an example and print what is wrong with it, which fails its test."""
        self.examples_run += 1
        for problem in self._checks[name]():
            print(problem)

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """Return the file of a test; that of an example as people type it."""
        if isinstance(node, nodes.Element) and node.get("groups") == [GROUP]:
            return display_path(Path(node.source or ""))
        return super().get_filename_for_node(node, docname)

    def finish(self) -> None:
        """Say how many examples were run, then sum up."""
        where = "." if self._is_whole else "; not all documents were asked for."
        said = f"\n{self.examples_run} JSON examples run{where}\n"
        logger.info(said, nonl=True)
        self.outfile.write(said)
        super().finish()


def make_test(block: nodes.Element, name: str, at: Location) -> None:
    """Make a block a test of the example called *name*."""
    block["testnodetype"] = "doctest"
    block["groups"] = [GROUP]
    block["test"] = f">>> check_example({name!r})\n"
    block.source, block.line = at.path, at.line


def _check_page_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Check the JSON blocks of a page that is read, so that no builder publishes a wrong one.

    The doctest builder tests them one by one instead.
    """
    for block in find_page_blocks(app.env, app.env.docname, doctree, state_of(app.env)):
        for path in block.files:
            app.env.note_dependency(path.absolute().as_posix())
        if app.builder.name != ExampleDocTestBuilder.name:
            log(block.check())


def _fail_on_none(app: Sphinx, exception: Exception | None) -> None:
    """Fail where nothing was tested, also where Sphinx had no document to test."""
    builder = app.builder
    if not isinstance(builder, ExampleDocTestBuilder) or exception:
        return
    if state_of(app.env).catalogue.apis and not builder.total_tries:
        logger.error("No JSON example was run.")
        app.statuscode = 1


def setup_doctest(app: Sphinx) -> None:
    """Put the builder in the place of Sphinx's, and have every builder check the pages it reads."""
    app.setup_extension("sphinx.ext.doctest")
    app.add_builder(ExampleDocTestBuilder, override=True)
    app.connect("doctree-read", _check_page_blocks)
    app.connect("build-finished", _fail_on_none)
