/** A file beside a notebook, as `FileAttachment("…")` gives it. */
export interface Attachment {
  arrayBuffer(): Promise<ArrayBuffer>;
}

export async function bytesOf(attachment: Attachment): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await attachment.arrayBuffer());
}
