package dev.wsss.eval.html;

import java.util.List;

/**
 * A page of sections in one file, which a phone shows as well as a wide window, light or dark as
 * the reader's system is. It needs no script and no other file.
 */
public final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#fff;--ink:#1c1f24;--faint:#5d6570;--line:#d5d9df;--bar:#2f6fd0;
        --c0:#1f66c7;--c1:#c2410c;--c2:#15803d;--c3:#86309e;--c4:#946a00;--c5:#0e7490}
      @media(prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e6e9ed;--faint:#9aa3ae;--line:#3a4049;--bar:#5b95ea;
        --c0:#7ab0ff;--c1:#ff9d5c;--c2:#63d68a;--c3:#dd9af2;--c4:#e2c04a;--c5:#5cd3e6}}
      *{box-sizing:border-box}
      body{margin:0 auto;padding:16px;max-width:1100px;background:var(--paper);color:var(--ink);
        font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
      h1{font-size:1.4em;margin:.2em 0}h2{font-size:1.15em;margin:1.6em 0 .5em}
      p{margin:.5em 0}.lead{font-size:1.1em}a{color:var(--c0)}
      small,figcaption,summary{color:var(--faint)}summary{cursor:pointer;margin:.6em 0}
      .wide{overflow-x:auto}table{border-collapse:collapse}
      td,th{padding:.15em .7em .15em 0;text-align:right;font-variant-numeric:tabular-nums;font-weight:normal;
        overflow-wrap:normal}
      th{color:var(--faint);border-bottom:1px solid var(--line)}td:first-child,th:first-child{text-align:left}
      .row{display:flex;flex-wrap:wrap;gap:16px}
      .chart{margin:0;flex:1 1 300px;max-width:520px;min-width:0}.chart svg{display:block;width:100%;height:auto}
      .chart text{fill:var(--faint);font-size:12px}.chart .title{fill:var(--ink);font-size:13px}
      .chart path{fill:none}.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--faint);stroke-width:1}
      .bars{display:grid;grid-template-columns:fit-content(40%) 1fr auto;gap:2px 10px;align-items:center;max-width:560px}
      .bars i{display:block;height:12px;background:var(--bar);border-radius:2px;min-width:1px}
      .bars b{font-weight:normal;font-variant-numeric:tabular-nums;text-align:right}
      .card{margin:0;flex:1 1 300px;max-width:520px;min-width:0}
      .card div{display:flex;gap:4px}.card span.tile{flex:1 1 0;min-width:0}
      .card img{display:block;width:100%;height:auto;border-radius:3px;
        background:var(--picture) 0 0/100% 100%;print-color-adjust:exact}
      .card.strip{flex-basis:100%;max-width:none}.strip div{display:grid;grid-template-columns:repeat(auto-fit,minmax(125px,1fr))}
      .none{display:block;padding:.5em;border:1px dashed var(--line);color:var(--faint);font-size:.8em}
      .chip{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin:0 .25em 0 .5em;outline:1px solid var(--line)}
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /**
   * @param lead the sentence under the title
   */
  public Page(String title, String lead) {
    this.title = title;
    body.append("<h1>").append(Markup.text(title).html()).append("</h1>\n");
    body.append("<p class=\"lead\">").append(Markup.text(lead).html()).append("</p>\n");
  }

  /** Adds a section; none where it has no content. */
  public Page section(String heading, List<Markup> content) {
    if (!content.isEmpty()) {
      body.append("<h2>").append(Markup.text(heading).html()).append("</h2>\n");
      content.forEach(piece -> body.append(piece.html()));
    }
    return this;
  }

  /** The whole file. */
  public String html() {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        <body>
        %s</body>
        </html>
        """
        .formatted(Markup.text(title).html(), STYLE, body);
  }
}
