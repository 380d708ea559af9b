/** What comes and goes over HTTP, in the style of fetch but without asking for its types. */

/** As much of a `Request` as is needed here. */
export interface RequestLike {
  /** The whole URL. */
  readonly url: string;
  /** Whether the body was read already. */
  readonly bodyUsed?: boolean;
  /** The body as a stream, if it has one. */
  readonly body: StreamLike | null;
  /** The whole body. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** As much of a `ReadableStream` as is needed here. */
export interface StreamLike {
  /** Takes the stream. */
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** As much of a `Response` as is needed here. */
export interface ResponseLike {
  /** The status. */
  readonly status: number;
  /** The headers. */
  readonly headers: { get(name: string): string | null };
  /** The whole body. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The body of an HTTP answer with status 200, and the `Content-Type` that belongs to it. */
export interface HttpBody {
  /** To be sent unchanged: no quotes, no line break, no encoding on top. */
  body: string;
  /** The `Content-Type`. */
  contentType: string;
}

/** Whether this is a request or a response whose body can be read. */
export function isRequest(value: unknown): value is RequestLike {
  return typeof (value as RequestLike | null)?.arrayBuffer === "function";
}

/** The body, or the first so many bytes of it: what is longer is not read to its end. */
export async function readAtMost(request: RequestLike, limit: number): Promise<Uint8Array> {
  // Some clients have a stream of another kind.
  const reader = request.body?.getReader?.();
  if (!reader) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const { done, value } = await reader.read();
    if (done || !value) return joined(chunks, length);
    chunks.push(value);
    length += value.length;
  }
  // Nobody waits for it: the rest is of no use.
  reader.cancel().catch(() => {});
  return joined(chunks, length);
}

function joined(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
