(() => {
  "use strict";
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const questions = [...document.querySelectorAll("article.question")];
  const searched = new Map(
    questions.map((question) => {
      const parts = question.querySelectorAll("summary h3, summary code, .asked");
      return [question, [...parts].map((part) => part.textContent).join(" ").toLowerCase()];
    }),
  );

  function filter() {
    const { words, ...choices } = Object.fromEntries(new FormData(form));
    const wanted = words.toLowerCase().split(/\s+/);
    for (const question of questions) {
      const chosen = Object.entries(choices).every(
        ([name, value]) => !value || question.dataset[name] === value,
      );
      question.hidden = !chosen || !wanted.every((word) => searched.get(question).includes(word));
    }
    const shown = questions.filter((question) => !question.hidden).length;
    count.textContent =
      shown === questions.length ? `${shown} questions` : `${shown} of ${questions.length} questions`;
  }

  function showAll() {
    form.reset();
    filter();
  }

  function open(question, isOpen) {
    question.querySelector("details").open = isOpen;
  }

  function openTarget() {
    const question = document.querySelector("article.question:target");
    if (!question) return;
    if (question.hidden) showAll();
    open(question, true);
    question.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("show-all").addEventListener("click", showAll);
  document.getElementById("open-all").addEventListener("click", () => {
    questions.filter((question) => !question.hidden).forEach((question) => open(question, true));
  });
  document.getElementById("close-all").addEventListener("click", () => {
    questions.forEach((question) => open(question, false));
  });
  addEventListener("hashchange", openTarget);
  addEventListener("load", openTarget);
  filter();
})();
