import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Stored as it is otherwise. */
  readonly deflated?: boolean;
  /** The length that the zip says it has, if not its own. */
  readonly saysBytes?: number;
  /** Flags of the entry, such as 1 for encrypted. */
  readonly flags?: number;
}

/** A zip archive, whatever its parts say of themselves. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function buildZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflated = false, saysBytes, flags = 0 } of parts) {
    const bytes = Buffer.from(content);
    const data = deflated ? deflateRawSync(bytes) : bytes;
    // From "general purpose bit flag" to "extra field length", which both headers share.
    const shared = Buffer.alloc(24);
    shared.writeUInt16LE(flags | 0x800, 0);
    shared.writeUInt16LE(deflated ? 8 : 0, 2);
    shared.writeUInt32LE(crc32(bytes), 8);
    shared.writeUInt32LE(data.length, 12);
    shared.writeUInt32LE(saysBytes ?? bytes.length, 16);
    shared.writeUInt16LE(Buffer.byteLength(name), 20);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00', 'latin1'), shared, Buffer.from(name), data]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00\x14\x00', 'latin1'), shared, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}
