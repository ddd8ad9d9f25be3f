/** Walks one part of a DOCX and collects its lines. */
import { Parser } from "htmlparser2";
import { ResumeRefused } from "../refusal.ts";
import { plainLine, type TextLine, withoutBullet } from "../text-line.ts";
import { groundOf, isSeen, type Looks, shapesOf, withProperty } from "./word-looks.ts";
import type { WordStyles } from "./word-styles.ts";

/** Elements within elements; Word's own documents stay below 60. */
const deepest = 400;
const mostHidden = 200;
/** What is in these is no text of the document as it stands. */
const unseen = new Set([
  "w:del",
  "w:moveFrom",
  "w:instrText",
  "mc:Fallback",
  "w:fldData",
  "w:comment",
  "w:delText",
]);

interface Paragraph {
  text: string;
  hidden: string;
  looks: Looks;
  size: number;
  bold: boolean | undefined;
  heading: boolean;
  item: boolean;
}

interface Cell {
  readonly paragraphs: TextLine[];
}

/** A row's cells are one line if each holds one short line, else they are read one after the other. */
const shortCell = 200;

export class WordText {
  readonly lines: TextLine[] = [];
  readonly hidden: string[] = [];
  readonly #styles: WordStyles;

  constructor(styles: WordStyles) {
    this.#styles = styles;
  }

  /** @param told lines that were already told in another part and are not told again */
  read(xml: string, told?: Set<string>) {
    const paragraphs: Paragraph[] = [];
    const rows: Cell[][] = [];
    const grounds: string[] = [];
    let looks: Looks = this.#styles.usual;
    let skipped = 0;
    let depth = 0;
    let inText = 0;
    let inRunProperties = false;
    let inParagraphProperties = false;
    let gap = true;
    const shapes = shapesOf(xml);

    const emit = (line: TextLine) => {
      const key = line.text.replace(/\d+/g, "#");
      if (told?.has(key)) return;
      told?.add(key);
      const cell = rows.at(-1)?.at(-1);
      if (cell) cell.paragraphs.push(line);
      else this.lines.push(line);
    };
    const endParagraph = (paragraph: Paragraph) => {
      if (paragraph.hidden.trim() !== "" && this.hidden.length < mostHidden)
        this.hidden.push(paragraph.hidden.trim().slice(0, 1_000));
      let first = true;
      for (const raw of paragraph.text.split("\n")) {
        const { text, bullet } = withoutBullet(raw.replace(/[ \u00a0]{4,}/g, "\t").replace(/^\s+|\s+$/g, ""));
        if (text.trim() === "") {
          gap = true;
          continue;
        }
        const { size, bold, heading, item } = paragraph;
        emit(
          plainLine(text.trim(), {
            size,
            bold: bold ?? false,
            heading,
            bullet: bullet || (item && first),
            gap: gap && first,
          }),
        );
        first = false;
        gap = false;
      }
    };
    const endRow = (cells: readonly Cell[]) => {
      const filled = cells.filter((cell) => cell.paragraphs.length > 0);
      const [first] = filled;
      const oneLine =
        filled.length > 1 &&
        filled.every(
          (cell) => cell.paragraphs.length === 1 && (cell.paragraphs[0]?.text.length ?? 0) <= shortCell,
        );
      if (oneLine && first?.paragraphs[0])
        emit({
          ...first.paragraphs[0],
          text: filled.map((cell) => cell.paragraphs[0]?.text).join("\t"),
          heading: false,
        });
      else for (const cell of cells) for (const line of cell.paragraphs) emit(line);
    };
    const add = (text: string) => {
      const paragraph = paragraphs.at(-1);
      if (paragraph === undefined) return;
      const ground = looks.ground || (grounds.findLast((one) => one !== "") ?? "");
      if (!isSeen({ ...looks, ground }, shapes)) {
        if (text.trim() !== "" || paragraph.hidden !== "") paragraph.hidden += text;
        return;
      }
      paragraph.text += text;
      if (text.trim() === "") return;
      paragraph.size = Math.max(paragraph.size, looks.size);
      paragraph.bold = (paragraph.bold ?? true) && looks.bold;
    };

    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          depth += 1;
          if (depth > deepest) throw new ResumeRefused("damaged");
          if (skipped > 0 || unseen.has(name)) {
            skipped += 1;
            return;
          }
          switch (name) {
            case "w:p":
              looks = this.#styles.usual;
              paragraphs.push({
                text: "",
                hidden: "",
                looks,
                size: 0,
                bold: undefined,
                heading: false,
                item: false,
              });
              grounds.push("");
              break;
            case "w:pPr":
              inParagraphProperties = true;
              break;
            case "w:pStyle": {
              const paragraph = paragraphs.at(-1);
              const style = this.#styles.style(attributes["w:val"] ?? "");
              if (paragraph) {
                paragraph.heading ||= style.heading;
                paragraph.looks = style.apply(this.#styles.usual);
                if (/list|bullet/i.test(attributes["w:val"] ?? "")) paragraph.item = true;
              }
              break;
            }
            case "w:numPr": {
              const paragraph = paragraphs.at(-1);
              if (paragraph && inParagraphProperties) paragraph.item = true;
              break;
            }
            case "w:outlineLvl": {
              const paragraph = paragraphs.at(-1);
              if (paragraph && Number(attributes["w:val"]) < 9) paragraph.heading = true;
              break;
            }
            case "w:r":
              looks = paragraphs.at(-1)?.looks ?? this.#styles.usual;
              break;
            case "w:rPr":
              inRunProperties = true;
              break;
            case "w:rStyle":
              looks = this.#styles.style(attributes["w:val"] ?? "").apply(looks);
              break;
            case "w:t":
              inText += 1;
              break;
            case "w:tab":
              if (!inParagraphProperties) add("\t");
              break;
            case "w:br":
            case "w:cr":
              add("\n");
              break;
            case "w:noBreakHyphen":
              add("-");
              break;
            case "w:tr":
              rows.push([]);
              break;
            case "w:tc":
              rows.at(-1)?.push({ paragraphs: [] });
              grounds.push("");
              break;
            default:
              if (name === "w:shd" && !inRunProperties) {
                const ground = groundOf(attributes);
                if (ground !== undefined && grounds.length > 0) grounds[grounds.length - 1] = ground;
              } else if (inRunProperties && !inParagraphProperties)
                looks = withProperty(looks, name, attributes);
              // A shape brings its own ground, whose colour is told elsewhere.
              else if (name === "w:txbxContent") grounds.push("?");
          }
        },
        ontext: (text) => {
          if (skipped === 0 && inText > 0) add(text);
        },
        onclosetag: (name) => {
          depth -= 1;
          if (skipped > 0) {
            skipped -= 1;
            return;
          }
          if (name === "w:t") inText -= 1;
          if (name === "w:pPr") inParagraphProperties = false;
          if (name === "w:rPr") inRunProperties = false;
          if (name === "w:txbxContent" || name === "w:tc") grounds.pop();
          if (name === "w:tr") {
            const cells = rows.pop();
            if (cells) endRow(cells);
          }
          if (name === "w:p") {
            grounds.pop();
            const paragraph = paragraphs.pop();
            if (paragraph) endParagraph(paragraph);
            looks = paragraphs.at(-1)?.looks ?? this.#styles.usual;
          }
        },
      },
      { xmlMode: true },
    );
    parser.end(xml);
    if (depth !== 0) throw new ResumeRefused("damaged");
  }
}
