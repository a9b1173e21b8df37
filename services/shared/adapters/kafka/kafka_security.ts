/** How brokers are spoken to. */
export interface KafkaSecurity {
  /** Whether the connection is encrypted. @default false */
  readonly tls?: boolean;
  /** PEM file of the authority that signed the brokers' certificates. @default the well-known ones */
  readonly caFile?: string;
  /** How to log in. @default not at all */
  readonly sasl?: { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string };
}

/** How a broker checks a password. */
export type SaslMechanism = "plain" | "scram-sha-256" | "scram-sha-512";
