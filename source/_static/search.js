// Of Sphinx's search: what it says where nothing is found. And a page that it leads to stays as it
// is, rather than have every word painted over that was searched.
(() => {
  "use strict";

  const query = Search.query;
  Search.query = (words) => {
    query(words);
    localStorage.removeItem("sphinx_highlight_terms");
    if (Search.output.children.length) return; // the first is there at once
    const said = document.getElementById("nothing-found").content.cloneNode(true);
    Search.status.replaceChildren(said);
  };
})();
