// How wide the page was drawn: charts keep that width on paper, so the sheet is scaled to it (frame.css).
addEventListener("beforeprint", () => document.documentElement.style.setProperty("--gz-screen", String(innerWidth)));
