"""The doctest builder runs every JSON example: those of the catalogue and those of the pages.

The catalogue's are taken from the model, so that each runs once, whether a page shows it or not;
those of pages are the JSON blocks of their doctrees. Both go through Sphinx's own doctest runner,
so that counting, output and exit code are what its users know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.ext.doctest import DocTestBuilder, SphinxDocTestRunner, TestGroup
from sphinx.util import logging

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.examples.runner import Examiner
from reasonbook.sphinx.doctest.blocks import find_page_blocks
from reasonbook.sphinx.doctest.example_count import count_catalogue_examples
from reasonbook.sphinx.doctest.page_count import PageSettings, count_page_examples
from reasonbook.sphinx.project import SUFFIX
from reasonbook.sphinx.report import log
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain

logger = logging.getLogger(__name__)
GROUP = "reasonbook"


class ExampleRunner(SphinxDocTestRunner):
    """Runs tests that may call ``check_example``, and counts those calls that were made."""

    def __init__(self, check: Callable[[str], None], optionflags: int) -> None:
        super().__init__(verbose=False, optionflags=optionflags)
        self._check = check

    def run(self, test: Any, *args: Any, **options: Any) -> Any:
        """Run a test with ``check_example`` among its names."""
        test.globs["check_example"] = self._check
        return super().run(test, *args, **options)


class _Test(NamedTuple):
    """The check of an example, and the file of the document that shows it."""

    path: str
    check: Callable[[], Problems]


class ExampleDocTestBuilder(DocTestBuilder):
    """Sphinx's doctest builder, which also tests every JSON example."""

    def init(self) -> None:
        """Begin with nothing run; without a document to write, nothing else is called."""
        super().init()
        self._tests: dict[str, _Test] = {}
        self._run: set[str] = set()
        self._documents: Set[str] = frozenset()

    def write_documents(self, docnames: Set[str]) -> None:
        """Test the catalogue's examples, then the documents; count both."""
        self._documents = docnames
        self._test_catalogue()
        super().write_documents(docnames)

    def _test_catalogue(self) -> None:
        for api in ErrSphinxDomain.of(self.env).catalogue.apis.values():
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
        make_test(block, self._add(name, at.path, check), at)
        return block

    def _add(self, name: str, path: str, check: Callable[[], Problems]) -> str:
        """Note a check under a name of its own, which is returned."""
        while name in self._tests:
            name += "'"
        self._tests[name] = _Test(path, check)
        return name

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Test a document: its own doctests, and every JSON block written on it."""
        sphinx_domain = ErrSphinxDomain.of(self.env)
        for block in find_page_blocks(self.env, docname, doctree, sphinx_domain.catalogue):
            path = display_path(Path(self.env.doc2path(docname)))
            make_test(block.node, self._add(block.name, path, block.check), block.location)
        return super().test_doc(docname, doctree)

    def test_group(self, group: TestGroup) -> bool:
        """Run a group of tests with the runner that knows the examples."""
        if not isinstance(self.test_runner, ExampleRunner):
            self.test_runner = ExampleRunner(self._check, self.opt)
            self.test_runner._fakeout = self.setup_runner._fakeout  # type: ignore[attr-defined]
        return super().test_group(group)

    def _check(self, name: str) -> None:
        """Check an example and print what is wrong with it, which fails its test."""
        self._run.add(name)
        for problem in self._tests[name].check():
            print(problem)

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """Return the file of a test; that of an example as people type it."""
        if isinstance(node, nodes.Element) and node.get("groups") == [GROUP]:
            return display_path(Path(node.source or ""))
        return super().get_filename_for_node(node, docname)

    def finish(self) -> None:
        """Compare the number of examples run with an independent count, then sum up.

        Each file by itself, since a page may well show more than its text tells: by a directive
        of another extension, for one. That must not make up for what is lost elsewhere.
        """
        run, counted = Counter(self._tests[name].path for name in self._run), self._count()
        # Else files were named on the command line.
        is_whole = self._documents >= self.env.found_docs
        where = " in the files." if is_whole else "; not all documents were asked for."
        total = sum(counted.values())
        self._out(f"\n{run.total()} JSON examples run, {total} counted{where}\n")
        if not run:
            logger.error("No JSON example was run.")
            self._app.statuscode = 1
        for path, number in counted.items() if run else ():
            if run[path] < number:
                logger.error(
                    "%d of %d JSON examples of %s were run: the rest is untested.",
                    run[path],
                    number,
                    path,
                )
                self._app.statuscode = 1
        super().finish()

    def _count(self) -> dict[str, int]:
        """Count the examples in the files of the catalogue, and of the pages asked for."""
        config = self.config
        counted = count_catalogue_examples(Path(self.confdir, config.reasonbook_catalogue))
        settings = PageSettings(
            srcdir=self.srcdir,
            suffixes=config.source_suffix,
            colon_fences="colon_fence" in getattr(config, "myst_enable_extensions", ()),
            language=config.highlight_language,
            prolog=config.rst_prolog or "",
            epilog=config.rst_epilog or "",
        )
        for docname in sorted(self._documents):
            path = Path(self.env.doc2path(docname))
            if path.suffix != SUFFIX:  # else it is made from the catalogue
                counted[path] = count_page_examples(path, settings)
        return {display_path(path): number for path, number in counted.items()}


def make_test(block: nodes.Element, name: str, at: Location) -> None:
    """Make a block a test of the example called *name*."""
    block["testnodetype"] = "doctest"
    block["groups"] = [GROUP]
    block["test"] = f">>> check_example({name!r})\n"
    block.source, block.line = at.path, at.line


def check_page_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Check the JSON blocks of a page that is read, so that no builder publishes a wrong one.

    The doctest builder tests them one by one instead.
    """
    catalogue = ErrSphinxDomain.of(app.env).catalogue
    for block in find_page_blocks(app.env, app.env.docname, doctree, catalogue):
        for path in block.files:
            app.env.note_dependency(path.absolute().as_posix())
        if app.builder.name != ExampleDocTestBuilder.name:
            log(block.check())
