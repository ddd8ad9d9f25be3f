/**
 * pdf.js as this folder uses it. `unpdf` is its build for servers (no canvas, no worker file, nothing to fetch); that
 * package's types do not resolve under NodeNext, so what is used of them is declared here. Kept at 1.3: later ones bring a
 * pdf.js that calls for Node 22.
 */
import * as library from "unpdf/pdfjs";

export interface PdfPage {
  getOperatorList(): Promise<{ readonly fnArray: ArrayLike<number>; readonly argsArray: ArrayLike<unknown> }>;
  getViewport(options: { readonly scale: number }): {
    readonly width: number;
    readonly height: number;
    /** From the page's own space to points from its top left corner. */
    readonly transform: readonly number[];
  };
  readonly commonObjs: { has(name: string): boolean; get(name: string): unknown };
  cleanup(): void;
}

export interface PdfDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  getOptionalContentConfig(): Promise<{ isVisible(layer: unknown): boolean }>;
}

interface PdfJs {
  /** The drawing commands' numbers by name. */
  readonly OPS: Readonly<Record<string, number>>;
  getDocument(options: Readonly<Record<string, unknown>>): { readonly promise: Promise<PdfDocument> };
}

export const { OPS, getDocument } = library as unknown as PdfJs;
