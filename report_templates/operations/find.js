// Hides the rows of the dictionary that do not hold the word typed. The page is whole without it.
(function () {
  var form = document.getElementById("find"), input = document.getElementById("word"), said = document.getElementById("found");
  var sections = [].slice.call(document.querySelectorAll("main section"));
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  input.addEventListener("input", function () {
    var word = input.value.trim().toLowerCase(), n = 0;
    sections.forEach(function (section) {
      var any = false, title = section.querySelector("h2").textContent.toLowerCase().indexOf(word) >= 0;
      [].forEach.call(section.querySelectorAll("tbody tr"), function (row) {
        var shown = !word || title || row.textContent.toLowerCase().indexOf(word) >= 0;
        row.hidden = !shown;
        any = any || shown;
        n += shown && word ? 1 : 0;
      });
      section.hidden = !any;
    });
    said.textContent = word ? n + " rows" : "";
  });
})();
