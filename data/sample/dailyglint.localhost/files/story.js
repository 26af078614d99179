// Shows the story that belongs to this address, as outlets do whose pages are empty without script.
async function show() {
  const answer = await fetch("/api/stories/lightship-dinner");
  const story = await answer.json();
  document.title = story.headline + " - The Daily Glint";
  const app = document.getElementById("app");
  app.innerHTML =
    '<main><article><h1></h1><p class="byline">By <a rel="author" href="/author/aoife-brannigan/"></a> ' +
    "<time></time></p><figure><img><figcaption></figcaption></figure></article></main>";
  app.querySelector("h1").textContent = story.headline;
  app.querySelector("[rel=author]").textContent = story.author;
  const time = app.querySelector("time");
  time.setAttribute("datetime", story.published);
  time.textContent = story.day;
  const picture = app.querySelector("img");
  picture.src = story.picture.url;
  picture.alt = story.picture.alt;
  app.querySelector("figcaption").textContent = story.picture.caption;
  for (const words of story.paragraphs) {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    app.querySelector("article").append(paragraph);
  }
}
show();
