/** What a `mysql://` URL says. */
export interface MysqlLocation {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl?: MysqlTls;
}

/** How the server's certificate is judged. */
export interface MysqlTls {
  /** Accepts only a certificate that an authority vouches for. @default true */
  readonly rejectUnauthorized?: boolean;
  /** Accepts only a certificate made out to the host of the URL. @default true, unless any certificate is accepted */
  readonly verifyIdentity?: boolean;
  /** Authorities to trust instead of the system's, PEM. */
  readonly ca?: string;
  /** Certificate and key of this client, PEM. */
  readonly cert?: string;
  readonly key?: string;
}

const TLS_FIELDS: Readonly<Record<string, string>> = {
  rejectUnauthorized: "boolean",
  verifyIdentity: "boolean",
  ca: "string",
  cert: "string",
  key: "string",
};

/**
 * Reads `mysql://user:password@host:port/database?ssl=…`, where `ssl` is `true` or a JSON object of
 * {@linkcode MysqlTls}.
 *
 * @throws {TypeError} If it is not such a URL. The message never holds the URL: it may hold a password.
 */
export function readMysqlUrl(text: string): MysqlLocation {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined || (url.protocol !== "mysql:" && url.protocol !== "mariadb:") || url.hostname === ""
  ) {
    throw new TypeError(
      "Cannot read the database's address as it must be mysql://user:password@host:port/database",
    );
  }
  const database = decodePart(url.pathname.slice(1));
  if (database === "" || database.includes("/")) {
    throw new TypeError("Cannot read the database's address as it must end with the name of one database");
  }
  for (const name of url.searchParams.keys()) {
    if (name !== "ssl") {
      throw new TypeError(`Cannot read the database's address as it knows "ssl" only: found "${name}"`);
    }
  }
  const ssl = readTls(url.searchParams.get("ssl"));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 3306 : Number(url.port),
    user: decodePart(url.username),
    password: decodePart(url.password),
    database,
    ...(ssl === undefined ? {} : { ssl }),
  };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError("Cannot read the database's address as a % in its parts must be written %25");
  }
}

function readTls(text: string | null): MysqlTls | undefined {
  if (text === null || text === "" || text === "false") return undefined;
  if (text === "true") return {};
  const value = parse(text);
  if (typeof value !== "object" || value === null) {
    throw new TypeError(
      'Cannot read "ssl" of the database\'s address as it must be true, false or a JSON object',
    );
  }
  for (const [name, found] of Object.entries(value)) {
    const kind: string = typeof found;
    if (kind !== TLS_FIELDS[name]) {
      throw new TypeError(
        `Cannot read "ssl" of the database's address as it may hold ${
          Object.keys(TLS_FIELDS).join(", ")
        } only: ` +
          `found "${name}" of type ${kind}`,
      );
    }
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
