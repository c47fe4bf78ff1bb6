import { type Token, tokenize, unquote } from "./filter-tokens.ts";
import { syntaxError } from "./odata-error.ts";

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";
export type Literal =
  | { readonly type: "string" | "guid" | "date"; readonly value: string }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "null"; readonly value: null };

export type Filter =
  | { readonly kind: "and" | "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  | { readonly kind: "compare"; readonly property: string; readonly operator: Comparison; readonly literal: Literal }
  | { readonly kind: "contains" | "startswith" | "endswith"; readonly property: string; readonly pattern: string }
  | { readonly kind: "in"; readonly property: string; readonly values: readonly string[] };

const COMPARISONS = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
const IN_FUNCTION = "Microsoft.Dynamics.CRM.In";

/**
 * Parses `$filter`: comparison and logical operators, parentheses, the three string functions and
 * `Microsoft.Dynamics.CRM.In`, whose parameters may be aliases (`@p1`) given as further query options. The bare OData
 * `in` operator is not documented for Dataverse and is refused. (Dataverse, Filter rows using OData.)
 */
export function parseFilter(filter: string, aliases: Readonly<Record<string, string>> = {}): Filter {
  const parser = new FilterParser(filter, aliases);
  return parser.parse();
}

class FilterParser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly aliases: Readonly<Record<string, string>>,
  ) {
    this.tokens = tokenize(source);
  }

  parse(): Filter {
    const filter = this.either();
    if (this.at < this.tokens.length) throw this.unexpected();
    return filter;
  }

  private either(): Filter {
    const terms = [this.both()];
    while (this.takeName("or")) terms.push(this.both());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: "or", terms };
  }

  private both(): Filter {
    const terms = [this.unary()];
    while (this.takeName("and")) terms.push(this.unary());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: "and", terms };
  }

  private unary(): Filter {
    if (this.takeName("not")) return { kind: "not", term: this.unary() };
    if (this.takePunctuation("(")) {
      const inner = this.either();
      this.expect(")");
      return inner;
    }
    const name = this.name();
    return this.takePunctuation("(") ? this.call(name) : this.comparison(name);
  }

  private comparison(property: string): Filter {
    const operator = COMPARISONS.find((one) => this.takeName(one));
    if (!operator) throw this.unexpected();
    return { kind: "compare", property, operator, literal: this.literal() };
  }

  private call(name: string): Filter {
    if (name === IN_FUNCTION) return this.inCall();
    if (name !== "contains" && name !== "startswith" && name !== "endswith") {
      throw syntaxError(`An unknown function with name '${name}' was found.`);
    }
    const property = this.name();
    this.expect(",");
    const literal = this.literal();
    if (literal.type !== "string") throw this.unexpected();
    this.expect(")");
    return { kind: name, property, pattern: literal.value };
  }

  private inCall(): Filter {
    const given = new Map<string, string>();
    do {
      const parameter = this.name();
      this.expect("=");
      given.set(parameter, this.rawParameter());
    } while (this.takePunctuation(","));
    this.expect(")");
    const property = given.get("PropertyName");
    const values = given.get("PropertyValues");
    if (property === undefined || values === undefined) throw syntaxError(`${IN_FUNCTION} needs both its parameters.`);
    return { kind: "in", property, values: stringArray(values) };
  }

  private rawParameter(): string {
    const token = this.take();
    if (token.kind === "array" || token.kind === "string") return token.value;
    if (token.kind !== "alias") throw this.unexpected();
    const raw = this.aliases[token.value];
    if (raw === undefined) throw syntaxError(`The parameter alias '${token.value}' has no value.`);
    return raw.startsWith("'") ? unquote(raw) : raw;
  }

  private literal(): Literal {
    const token = this.take();
    switch (token.kind) {
      case "string":
      case "guid":
      case "date":
        return { type: token.kind, value: token.value };
      case "number":
        return { type: "number", value: token.value };
      case "name":
        if (token.value === "null") return { type: "null", value: null };
        if (token.value === "true" || token.value === "false")
          return { type: "boolean", value: token.value === "true" };
    }
    throw this.unexpected();
  }

  private name(): string {
    const token = this.take();
    if (token.kind !== "name") throw this.unexpected();
    return token.value;
  }

  private takeName(value: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "name" || token.value !== value) return false;
    this.at += 1;
    return true;
  }

  private takePunctuation(value: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "punctuation" || token.value !== value) return false;
    this.at += 1;
    return true;
  }

  private expect(value: string): void {
    if (!this.takePunctuation(value)) throw this.unexpected();
  }

  private take(): Token {
    const token = this.tokens[this.at];
    if (!token) throw this.unexpected();
    this.at += 1;
    return token;
  }

  private unexpected() {
    return syntaxError(`Syntax error at position ${this.at} in '${this.source}'.`);
  }
}

function stringArray(json: string): string[] {
  let values: unknown;
  try {
    values = JSON.parse(json);
  } catch {
    throw syntaxError(`The value '${json}' of PropertyValues is not a valid array.`);
  }
  if (!Array.isArray(values)) throw syntaxError("PropertyValues must be an array.");
  return values.map(String);
}
