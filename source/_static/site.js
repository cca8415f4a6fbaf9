// Every block of code of this site has the button that copies it, as examples of errors have.
import { addButton } from "./reasonbook-copy.js";

document.querySelectorAll("article div[class*=highlight-]:not(.rb-exchange *)")
  .forEach((block) => addButton(block, "code"));
